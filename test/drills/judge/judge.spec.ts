/** The judge of the drills itself: what it must notice, each alone, in a small log that is folded as it should be. */
import { createHash } from 'node:crypto';
import type { InvolvementEvent } from '#lib/events';
import type { Entry } from '../../support/any-log.js';
import type { Allowed } from './balance.js';
import { type Evidence, judge } from './judge.js';
import type { OpenedMessage } from './open-logs.js';
import { reckon } from './reckon.js';
import type { ParkedRow, Snapshot, TallyRow } from './take-snapshot.js';

const LOG = 'involvement-log';
/** In London; in Greenwich it is the day before. */
const DAY = '2026-07-15';
const PUBLISHED_AT = Date.parse('2026-07-14T23:30Z');
const SUBJECT = '00000000-0000-0000-0000-000000000001';
const STATUS = 'involvement mosaic a status';
const closed = (position: number, closedOn: string): InvolvementEvent => ({
  type: 'InvolvementClosed',
  eventId: String(position).padStart(32, '0'),
  source: 'mosaic',
  recordId: '1',
  sourceVersion: { epoch: 1, position },
  occurredAt: position,
  involvementId: 'a',
  closedOn,
  reason: null,
});

const message = (offset: number, event?: InvolvementEvent): OpenedMessage => ({
  topic: LOG,
  partition: 0,
  offset,
  key: null,
  value: Buffer.from(`bytes ${offset}`),
  timestamp: PUBLISHED_AT,
  ...(event && {
    envelope: { id: event.eventId, source: event.source, publishedAt: PUBLISHED_AT },
    entry: { log: LOG, event, place: { subject: SUBJECT, partition: 0, offset } },
  }),
});
const held = (entries: Entry[]): Snapshot['registers'] =>
  new Map([...reckon(entries)].map(([name, { version, said }]) => [name, { version, values: said[0]! }]));
const tallyRow = (counts: Partial<TallyRow>): TallyRow => ({ topic: LOG, partition: 0, source: 'mosaic', day: DAY, received: 0, applied: 0, superseded: 0, erased: 0, parked: 0, discarded: 0, ...counts }); // prettier-ignore

/** Two that were applied in their order, one that came late and was superseded, and one that can't be read and is parked. */
function rightly({ first = 0, hole = 0 } = {}): Evidence {
  const events = [closed(1, '2026-11-01'), closed(3, '2026-11-03'), closed(2, '2026-11-02')];
  const messages = [...events.map((event, at) => message(first + at, event)), message(first + hole + 3)];
  const end = first + hole + 4;
  const entries = messages.flatMap(({ entry }) => entry ?? []);
  const parked: ParkedRow = { topic: LOG, partition: 0, log_offset: end - 1, code: 'unreadable', bytes: Buffer.from(`bytes ${end - 1}`), attempts: 1, source: null, published_at: PUBLISHED_AT }; // prettier-ignore
  const checkpoint = {
    topic: LOG,
    partition: 0,
    next_offset: end,
    last_event_id: null,
    counted_from: first,
    skipped: hole,
    empty_after: 0,
  };
  const allowed: Allowed = { mayBeParked: new Set(), redriven: false, erasedMeanwhile: undefined };
  return {
    logs: { messages, ranges: new Map([[LOG, [{ partition: 0, low: first, high: end }]]]) },
    last: {
      schema: 'live',
      checkpoints: [checkpoint],
      registers: held(entries),
      tally: [tallyRow({ received: 3, applied: 2, superseded: 1 }), tallyRow({ source: '(unreadable)', received: 1, parked: 1 })],
      parked: [parked],
      discarded: new Set(),
    },
    between: [],
    acknowledged: events.map(({ eventId: id }, at) => ({ id, partition: 0, offset: first + at, at: PUBLISHED_AT })),
    allowed,
    caughtUp: true,
  };
}
const found = (evidence: Evidence) => judge(evidence).problems.join('\n');

it('A log that is folded as it should be has no problem, and all of it is counted', () => {
  expect(rightly().last.registers.get(STATUS)).toEqual({
    version: [1, 3, 1],
    values: { status: 'closed', closed_on: '2026-11-03', closed_reason: null, status_at: 3 },
  });
  const { problems, inLog, again, applied, parked, superseded, people, peopleDiffering } = judge(rightly());
  expect(problems).toEqual([]);
  expect({ inLog, again, applied, parked, superseded }).toEqual({ inLog: 4, again: 0, applied: 3, parked: 1, superseded: 2 });
  expect([people, peopleDiffering]).toEqual([1, 0]);
});

const breaks: [string, (evidence: Evidence) => void, string | RegExp][] = [
  ['an acknowledged event that is not in the log', ({ acknowledged }) => Object.assign(acknowledged[1]!, { id: 'gone' }), '1 acknowledged events are not in the log, the first of them gone at 0/1'],
  ['one that is elsewhere', ({ acknowledged }) => Object.assign(acknowledged[1]!, { offset: 2 }), 'not where their sender was told'],
  ['a lost event: nothing of it is held', ({ last }) => last.registers.delete(STATUS), `${STATUS}: nothing is held`],
  ['a wrong order: an older one is held', ({ last }) => last.registers.set(STATUS, held([message(0, closed(2, '2026-11-02')).entry!]).get(STATUS)!), `${STATUS}: version 1,2,1, not 1,3,1`],
  ['other values at the same version', ({ last }) => (last.registers.get(STATUS)!.values.closed_on = '2026-11-02'), `${STATUS}: other values in closed_on`],
  ['what nothing says', ({ last }) => last.registers.set('involvement mosaic b status', last.registers.get(STATUS)!), 'involvement mosaic b status: held, though nothing in the log says so'],
  ['one that is counted twice', ({ last }) => Object.assign(last.tally[0]!, { received: 4, applied: 3 }), /tally of mosaic 2026-07-15[^]*5 are tallied as received, the checkpoint has passed 4/],
  ['one that is not counted', ({ last }) => Object.assign(last.tally[0]!, { received: 2, superseded: 0 }), '3 are tallied as received, the checkpoint has passed 4'],
  ['a tally that does not add up in itself', ({ last }) => (last.tally[0]!.superseded = 0), 'tally of mosaic 2026-07-15: received 3, applied 2, superseded 0, erased 0, parked 0, discarded 0 does not add up'],
  ['one that is counted for another source', ({ last }) => (last.tally[0]!.source = 'niche'), 'tally of niche 2026-07-15'],
  ['one that is counted for another day', ({ last }) => (last.tally[0]!.day = '2026-07-14'), 'tally of mosaic 2026-07-14'],
  ['one that is counted as parked and is not', ({ last }) => Object.assign(last.tally[0]!, { applied: 1, parked: 1 }), /^tally of mosaic .*; the log: /],
  ['one that is counted as discarded and is not', ({ last }) => Object.assign(last.tally[0]!, { applied: 1, discarded: 1 }), /^tally of mosaic .*; the log: /],
  ['one that is counted as erased and is not', ({ last }) => Object.assign(last.tally[0]!, { applied: 1, erased: 1 }), /^tally of mosaic .*; the log: /],
  ['what can’t be read and is passed by', ({ last }) => last.parked.pop(), `${LOG}/0/3 can't be read, and is not parked`],
  ['what can be read and is parked', ({ last }) => (last.parked[0]!.log_offset = 2), `${LOG}/0/2 is parked, and can be read`],
  ['what is parked and never came', ({ last }) => (last.parked[0]!.log_offset = 4), `${LOG}/0/4 is parked, and not below a checkpoint`],
  ['what is parked with other bytes', ({ last }) => (last.parked[0]!.bytes = Buffer.from('bytes')), `${LOG}/0/3 is parked with other bytes`],
  ['what is parked without its bytes', ({ last }) => (last.parked[0]!.bytes = null), `${LOG}/0/3 is parked with other bytes`],
  ['what was parked twice', ({ last }) => (last.parked[0]!.attempts = 2), `${LOG}/0/3 was parked 2 times`],
  ['a checkpoint behind the end', ({ logs }) => (logs.ranges.get(LOG)![0]!.high = 5), `${LOG}/0: the checkpoint stands at 4, the log ends at 5`],
  ['a checkpoint beyond the end', ({ logs }) => (logs.ranges.get(LOG)![0]!.high = 3), `${LOG}/0: the checkpoint stands at 4, the log ends at 3`],
  ['no checkpoint at all', ({ last }) => last.checkpoints.pop(), `${LOG}/0: the checkpoint stands at 0, the log ends at 4`],
]; // prettier-ignore

describe('The judge notices', () => {
  it.each(breaks)('%s', (_, spoil, problem) => {
    const evidence = rightly();
    spoil(evidence);
    expect(found(evidence)).toEqual(typeof problem === 'string' ? expect.stringContaining(problem) : expect.stringMatching(problem));
  });

  it('of whom something differs, and tells the first few differences', () => {
    const evidence = rightly();
    const [register] = evidence.last.registers.values();
    for (const fact of 'bcdefg') evidence.last.registers.set(`involvement mosaic ${fact} status`, register!);
    expect(judge(evidence)).toMatchObject({ people: 2, peopleDiffering: 1 });
    expect(judge(evidence).differences).toHaveLength(6);
    expect(judge(evidence).differences.at(-1)).toBe('and 1 more');
  });

  it('an acknowledged event once: as one that is not there, not as one that is elsewhere', () => {
    const evidence = rightly();
    Object.assign(evidence.acknowledged[1]!, { id: 'gone' });
    expect(judge(evidence).problems).toHaveLength(1);
  });

  it.each<[string, Partial<TallyRow>, boolean]>([
    ['parked counted as erased', { parked: 0, erased: 1 }, false],
    ['discarded counted as erased', { parked: 0, erased: 1 }, true],
    ['parked counted once more as erased', { received: 2, erased: 1 }, false],
  ])('in the tally what is %s', (_, counts, discarded) => {
    const evidence = rightly();
    if (discarded) evidence.last.discarded.add(`${LOG}/0/${evidence.last.parked.pop()!.log_offset}`);
    Object.assign(evidence.last.tally[1]!, counts);
    expect(judge(evidence).problems[0]).toMatch(/^tally of \(unreadable\) .*; the log: /);
  });

  it('an erased event that is parked for want of its key, and none that was erased otherwise', () => {
    const evidence = rightly();
    Object.assign(evidence.logs.messages[3]!, { erased: true });
    expect(judge(evidence).problems).toEqual([]);
    evidence.last.parked[0]!.code = 'key-missing';
    expect(judge(evidence).problems).toEqual([`${LOG}/0/3 is parked for want of a key, and was erased`]);
  });

  it('the same of a moment in between', () => {
    const [evidence, { last }] = [rightly(), rightly()];
    last.registers.delete(STATUS);
    evidence.between.push(last);
    expect(judge(evidence).problems).toEqual([`live in between: ${STATUS}: nothing is held`]);
  });

  it('a checkpoint that remembers another event than the one before it, whose bytes or whose id it may remember', () => {
    const evidence = rightly();
    evidence.logs.messages.pop();
    evidence.last.parked.pop();
    evidence.last.tally.pop();
    evidence.logs.ranges.get(LOG)![0]!.high = 3;
    const remembering = (last_event_id: string | null) => {
      Object.assign(evidence.last.checkpoints[0]!, { next_offset: 3, last_event_id });
      return judge(evidence).problems;
    };
    expect(remembering('2'.padStart(32, '0'))).toEqual([]);
    expect(remembering('3'.padStart(32, '0'))).toEqual([`${LOG}/0: the checkpoint remembers another event than the one before it`]);
    expect(remembering(null)).toHaveLength(1);
    expect(remembering(`sha256:${createHash('sha256').update('bytes 2').digest('hex').slice(0, 32)}`)).toEqual([]);
  });
});

describe('The judge lets pass', () => {
  it.each([{ first: 7 }, { hole: 2 }])('a log that does not begin at its beginning, or has a hole: %j', (where) => {
    expect(judge(rightly(where)).problems).toEqual([]);
  });

  it('a moment in which less had been folded, and offsets at the end that hold nothing', () => {
    const [evidence, { last: moment }] = [rightly(), rightly()];
    moment.registers = held([evidence.logs.messages[0]!.entry!]);
    Object.assign(moment, { tally: [tallyRow({ received: 1, applied: 1 })], parked: [] });
    moment.checkpoints[0]!.next_offset = 1;
    evidence.between.push(moment);
    evidence.last.checkpoints[0]!.empty_after = 1;
    evidence.logs.ranges.get(LOG)![0]!.high = 5;
    expect(judge(evidence).problems).toEqual([]);
  });

  it('either of two things that a source says at one version, and the same event again', () => {
    const evidence = rightly();
    evidence.logs.messages.splice(3, 1, message(3, closed(3, '2026-11-03')), message(4, closed(3, '2026-11-04')));
    evidence.logs.ranges.get(LOG)![0]!.high = 5;
    Object.assign(evidence.last, { parked: [], tally: [tallyRow({ received: 5, applied: 2, superseded: 3 })] });
    Object.assign(evidence.last.checkpoints[0]!, { next_offset: 5, last_event_id: '3'.padStart(32, '0') });
    expect(judge(evidence)).toMatchObject({ problems: [], again: 2, superseded: 4 });
    evidence.last.registers.get(STATUS)!.values.closed_on = '2026-11-04';
    expect(judge(evidence).problems).toEqual([]);
  });

  it('erased events, and where they were erased while they were folded, those that had been applied', () => {
    const evidence = rightly();
    const { last, allowed } = evidence;
    for (const one of evidence.logs.messages.slice(0, 3)) Object.assign(one, { erased: true, entry: undefined });
    expect(found(evidence)).toContain('held, though nothing in the log says so');
    Object.assign(allowed, { erasedMeanwhile: { schemas: new Set(['live']), mayHold: (name: string) => name.startsWith('involvement mosaic a ') } }); // prettier-ignore
    expect(judge(evidence).problems).toEqual([]);
    last.tally[0] = tallyRow({ received: 3, erased: 3 });
    expect(judge(evidence).problems).toEqual([]);
    last.registers.set('involvement mosaic b status', last.registers.get(STATUS)!);
    expect(found(evidence)).toContain('involvement mosaic b status: held');
    Object.assign(allowed, { erasedMeanwhile: undefined });
    last.registers.clear();
    expect(judge(evidence).problems).toEqual([]);
    last.tally[0] = tallyRow({ received: 3, applied: 1, erased: 2 });
    expect(found(evidence)).toContain('tally of mosaic');
  });

  it('what may be parked although it can be read now, counted under what was known then', () => {
    const evidence = rightly();
    const { last, allowed } = evidence;
    const published_at = Date.parse('2026-07-13T12:00Z');
    last.parked.push({ ...last.parked[0]!, log_offset: 2, bytes: Buffer.from('bytes 2'), attempts: 2, published_at });
    Object.assign(last.tally[0]!, { received: 2, superseded: 0 });
    last.tally.push(tallyRow({ source: '(unreadable)', day: '2026-07-13', received: 1, parked: 1 }));
    Object.assign(allowed, { mayBeParked: new Set([`${LOG}/0/2`]), redriven: true });
    expect(judge(evidence).problems).toEqual([]);
  });

  it('what operators let go of for good', () => {
    const evidence = rightly();
    evidence.last.discarded.add(`${LOG}/0/${evidence.last.parked.pop()!.log_offset}`);
    evidence.last.tally[1] = tallyRow({ source: '(unreadable)', received: 1, discarded: 1 });
    expect(judge(evidence).problems).toEqual([]);
  });

  it('what of a checkpoint that need not have caught up is behind it', () => {
    const evidence = { ...rightly(), caughtUp: false };
    evidence.logs.ranges.get(LOG)![0]!.high = 5;
    expect(judge(evidence).problems).toEqual([]);
  });
});
