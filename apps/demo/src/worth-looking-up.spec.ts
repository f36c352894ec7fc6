import { SERVICES } from '#lib/events';
import { SYSTEMS } from './systems/systems.js';
import { makeTown } from './town.js';
import { worthLookingUp } from './worth-looking-up.js';

test.each(['2026-11-23', '2027-02-28'])('four children of four families are worth looking up, reckoned from %s', (today) => {
  const town = makeTown({ seed: 'northbridge', today, families: 3000 });
  const children = worthLookingUp(town);
  expect(new Set(children.map(({ person }) => person.family)).size).toBe(4);
  expect(children.map(({ why }) => why)).toEqual([
    expect.stringMatching(/^involved now: Children’s social care, .*, .*; before: ./),
    expect.stringContaining('half-sibling has another family name'),
    expect.stringContaining('is expected on 20'),
    expect.stringMatching(/^\d services have a record of the mother, who is one person: Children’s social care, /),
  ]);
  const [, count, services] = /^(\d) services.*: (.*)$/.exec(children[3]!.why)!;
  expect(new Set(services!.split(', ')).size).toBe(Number(count));
  const told = new Map(services!.split(', ').map((words) => [words.replace(' (a record alone)', ''), words.endsWith('alone)')]));
  const ofMother = town.records.filter((record) => record.person === children[3]!.person.mother);
  for (const { service } of SYSTEMS.filter(({ service }) => told.has(SERVICES[service]))) {
    const theirs = ofMother.filter(({ source }) => SYSTEMS.some((system) => system.source === source && system.service === service));
    const involved = theirs.some(({ involvements }) => involvements.some(({ retractedOn }) => !retractedOn));
    expect([service, theirs.length > 0, told.get(SERVICES[service])]).toEqual([service, true, !involved]);
  }
  for (const { name, born, caseId, person } of children) {
    const stated = town.history.get('mosaic')!.findLast((event) => event.type === 'PersonRecorded' && event.recordId === caseId);
    expect(stated).toMatchObject({
      names: [{ given: expect.arrayContaining([person.name.given[0]]) }],
      dateOfBirth: { date: born, precision: 'day' },
      restriction: 'none',
    });
    expect(name).toContain(person.name.family);
  }
});
