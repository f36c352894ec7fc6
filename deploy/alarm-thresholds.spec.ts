/** Each alerting rule is raised just above its threshold, and not just below it. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Measured, raisedBy } from '../test/support/alarm-expression.js';

interface Rule {
  alert: string;
  expr: string;
  for?: string;
}
const { groups } = parse(readFileSync('deploy/alarms.yml', 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

const NOW = 1_800_000_000;
const is = (name: string, value: number, labels: Record<string, string> = {}): Measured => ({ name, value, labels });
const grown = (name: string, by: number): Measured => ({ name, value: 7, before: 7 - by });
const NOTHING: Measured[] = [];

/** Of upkeep: open, and the same of another code. */
const open = (code: string): [raised: Measured[][], quiet: Measured[][]] => [
  [[is('index_alarm_open', 1, { code, source: 'mosaic' })]],
  [[is('index_alarm_open', 0, { code })], [is('index_alarm_open', 1, { code: 'another' })], NOTHING],
];
/** A gauge that says yes of one source or code, whatever it says of another. */
const said = (name: string, label: string): [raised: Measured[][], quiet: Measured[][]] => [
  [[is(name, 0, { [label]: 'one' }), is(name, 1, { [label]: 'other' })]],
  [[is(name, 0, { [label]: 'one' })], NOTHING],
];
const ago = (name: string, seconds: number, labels: Record<string, string> = {}) => is(name, NOW - seconds, labels);
/** Of several processes the one that was the last to do it counts; none at all is an alarm. */
const notSince = (name: string, seconds: number): [raised: Measured[][], quiet: Measured[][]] => [
  [NOTHING, [ago(name, seconds + 1, { instance: 'a' }), ago(name, seconds + 9, { instance: 'b' })]],
  [[ago(name, seconds)], [ago(name, 0, { instance: 'a' }), ago(name, seconds + 9, { instance: 'b' })]],
];
const WEEK = 7 * 86_400;
const matcher = (...deciding: number[]) => deciding.map((value, at) => is('matcher_writer', value, { instance: String(at) }));
const notHalted = is('matcher_halted', 0, { instance: '0' });
const stewards = (harm: string, seconds: number) => [is('involvement_matches_oldest_seconds', seconds, { harm })];
const rulings = (value: number) => [is('involvement_rulings_oldest_seconds', value, { until: 'in-log' }), is('involvement_rulings_oldest_seconds', 0, { until: 'handed-over' })]; // prettier-ignore
const waiting = (overdue: string, count: number) => [is('index_problems_waiting', count, { source: 'mosaic', overdue })];

const expected: Record<string, [lasting: string | undefined, raised: Measured[][], quiet: Measured[][]]> = {
  SourceSilent: [undefined, ...open('source-silent')],
  SourceDropped: [undefined, ...open('source-dropped')],
  ParkedCount: [undefined, ...open('parked-count')],
  ParkedAge: [undefined, ...open('parked-age')],
  DifferenceFound: [undefined, ...open('difference-found')],
  TallyUnbalanced: [undefined, ...open('tally-unbalanced')],
  GenerationBehind: [undefined, ...open('generation-behind')],
  UpkeepRequestFailed: [undefined, ...open('upkeep-request-failed')],
  BuildFailed: [undefined, ...open('build-failed')],
  RecordsTooManyAlike: [undefined, [[is('matcher_records_too_many_alike', 1)]], [[is('matcher_records_too_many_alike', 0)]]],
  EventsUnread: ['15m', [[is('matcher_events_unread', 1)]], [[is('matcher_events_unread', 0)]]],
  MatcherHalted: [
    '5m',
    [[...matcher(1), is('matcher_halted', 1, { instance: '1' })], [...matcher(0, 0), notHalted], NOTHING],
    [[...matcher(0, 1), notHalted]],
  ],
  ProjectorHalted: [undefined, ...said('projector_halted', 'code')],
  NothingIsWatched: ['2m', ...notSince('index_watched_at_seconds', 300)],
  RefusalsMissed: [undefined, [[grown('index_rejections_missed_total', 1)]], [[grown('index_rejections_missed_total', 0)], NOTHING]],
  AuditNotSealed: ['2m', ...notSince('audit_checkpoint_at_seconds', 180)],
  AuditEntriesWait: [
    '2m',
    [[ago('audit_unsealed_oldest_at_seconds', 301)]],
    [[ago('audit_unsealed_oldest_at_seconds', 300)], [is('audit_unsealed_oldest_at_seconds', 0)], NOTHING],
  ],
  AuditSealRefused: [undefined, ...said('audit_seal_refused', 'code')],
  AuditChanged: [
    undefined,
    [[is('audit_log_mismatches', 1)], [is('audit_log_mismatches', 0), is('index_alarm_open', 1, { code: 'audit-changed' })]],
    [[is('audit_log_mismatches', 0), is('index_alarm_open', 0, { code: 'audit-changed' })], NOTHING],
  ],
  AuditNotChecked: ['5m', ...notSince('audit_newest_checked_at_seconds', 1_800)],
  AuditSpooled: [
    '2m',
    [
      [is('audit_database_away', 1), is('audit_spool_records', 0)],
      [is('audit_database_away', 0), is('audit_spool_records', 1)],
    ],
    [[is('audit_database_away', 0), is('audit_spool_records', 0)]],
  ],
  RestrictedRecordOpened: [undefined, [[grown('involvement_overrides_total', 1)]], [[grown('involvement_overrides_total', 0)], NOTHING]],
  LandingStopped: [undefined, ...said('ingest_landing_stopped', 'source')],
  CaptureStopped: [undefined, ...said('ingest_capture_stopped', 'source')],
  CaptureSilent: [
    undefined,
    [[ago('ingest_capture_heard_at_seconds', 121, { source: 'one' }), ago('ingest_capture_heard_at_seconds', 0, { source: 'other' })]],
    [[ago('ingest_capture_heard_at_seconds', 120, { source: 'one' })], NOTHING],
  ],
  CaptureSlotGrows: [
    undefined,
    [[is('ingest_capture_slot_bytes', 1e9 + 1, { source: 'one' }), is('ingest_capture_slot_bytes', 0, { source: 'other' })]],
    [[is('ingest_capture_slot_bytes', 1e9, { source: 'one' })]],
  ],
  CaptureSnapshotHeld: [undefined, ...said('ingest_capture_snapshot_held', 'source')],
  CaptureRowsRefused: ['1h', ...said('ingest_capture_rows_refused', 'source')],
  ProblemUnanswered: [undefined, [waiting('true', 1)], [waiting('true', 0), waiting('false', 9)]],
  RecordsWaitForStewards: [
    undefined,
    ['doubted', 'claimed', 'disagreed', 'careful'].map((harm) => stewards(harm, WEEK + 1)),
    [stewards('doubted', WEEK), stewards('other', 9 * WEEK), stewards('doubted', NaN)],
  ],
  StewardsQueueNotRead: ['15m', [[is('involvement_matches_waiting', NaN)]], [[is('involvement_matches_waiting', 3)], NOTHING]],
  RulingsNotHandedOver: ['5m', [rulings(601), rulings(NaN)], [rulings(600), NOTHING]],
  AuditSpoolKeptAside: [undefined, ...said('audit_spool_set_aside', 'why')],
};

it('Every rule’s threshold is told here', () => {
  expect(rules.map(({ alert }) => alert).sort()).toEqual(Object.keys(expected).sort());
});

it.each(rules)('$alert is raised just above its threshold, and not just below it', ({ alert, expr, for: lasting }) => {
  const [after, raised, quiet] = expected[alert]!;
  expect(lasting).toBe(after);
  for (const measured of raised) expect([measured, raisedBy(expr, measured, NOW).length]).toEqual([measured, 1]);
  for (const measured of quiet) expect([measured, raisedBy(expr, measured, NOW)]).toEqual([measured, []]);
});
