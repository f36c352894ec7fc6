import { readFileSync } from 'node:fs';
import { SourceEvent, Sources, servicesSpokenFor } from '#lib/events';
import { versioned } from '../history/in-order.js';
import { Random } from '../random.js';
import { SYSTEMS } from '../systems/systems.js';
import { makeTown } from '../town.js';
import { checks } from './check.js';
import { nextHappening } from './next-happening.js';
import { Standing } from './standing.js';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const town = makeTown({ seed: 'northbridge', today: '2026-11-23', families: 300 });
const standings = () => new Map([...town.history].map(([source, events]) => [source, new Standing(source, events)]));

function aMorning(seed: string) {
  const now = standings();
  const chance = new Random(seed);
  return Array.from({ length: 400 }, (_, i) => {
    const event = versioned(nextHappening(now, chance, NOW + i * 4000)!, NOW + i * 4000, (NOW + i * 4000) * 1000);
    now.get(event.source)!.apply(event);
    return event;
  });
}

test('a morning in Northbridge: new, ended and handed-over involvement, moves and links, all of which the door accepts', () => {
  const events = aMorning('monday');
  const types = new Set(events.map(({ type }) => type));
  expect(types).toEqual(new Set(['InvolvementOpened', 'InvolvementClosed', 'InvolvementUpdated', 'PersonRecorded', 'RelationshipLinked']));
  expect(events.filter((event) => !SourceEvent.safeParse(event).success)).toEqual([]);
});

test('nothing is closed or handed over that is not open, and nothing twice', () => {
  const open = new Set([...standings().values()].flatMap((standing) => [...standing.open.keys()]));
  for (const event of aMorning('tuesday')) {
    if (event.type === 'InvolvementOpened') open.add(event.involvementId);
    if (event.type === 'InvolvementUpdated') expect(open.has(event.involvementId)).toBe(true);
    if (event.type === 'InvolvementClosed') expect(open.delete(event.involvementId)).toBe(true);
  }
});

test('nothing happens to the records that were shown as examples', () => {
  const now = standings();
  const spared = new Set([...now].flatMap(([source, { records }]) => [...records.keys()].slice(5).map((id) => `${source} ${id}`)));
  const chance = new Random('thursday');
  const events = Array.from({ length: 50 }, (_, i) => nextHappening(now, chance, NOW + i, spared)).filter((event) => event !== null);
  expect(events.length).toBeGreaterThan(0);
  expect(events.filter((event) => 'recordId' in event && spared.has(`${event.source} ${event.recordId}`))).toEqual([]);
});

test('somebody who moves has one home, the new one, and what was home before is a previous address', () => {
  const moved = aMorning('wednesday').filter((event) => event.type === 'PersonRecorded');
  expect(moved.length).toBeGreaterThan(20);
  for (const { addresses } of moved) {
    expect(addresses!.filter(({ to }) => !to)).toEqual([addresses!.at(-1)]);
    expect(addresses!.some(({ confidential }) => confidential)).toBe(false);
  }
});

test('a source that has looked says of each service it is set to speak for how far it sees, and how much it holds', () => {
  const settings = JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as { sources: unknown };
  const agreed = Sources.parse(settings.sources);
  for (const system of SYSTEMS) {
    const standing = standings().get(system.source)!;
    const said = checks(system, standing, NOW).map((check) => SourceEvent.parse(versioned(check, NOW, NOW * 1000)));
    const services = servicesSpokenFor(agreed.find(({ id }) => id === system.source)!);
    expect(said).toMatchObject(
      services.map((service, at) => ({
        type: 'SourceChecked',
        service,
        completeTo: NOW,
        recordsHeld: standing.records.size,
        openInvolvementsHeld: at === 0 ? standing.open.size : 0,
      })),
    );
    expect(standing.records.size).toBeGreaterThan(0);
  }
});
