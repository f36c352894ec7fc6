import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { PairRuling } from '#lib/events';
import type { MatchSettings } from '#lib/matching';
import { createLogger } from '#lib/runtime';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { kept, MAYA, numbered, type Said, type Step, stepOf, subjectOf, withTargets } from '../../../../test/support/match-steps.js';
import { MatcherBySteps, USUAL_SETTINGS } from '../../../../test/support/matcher-by-steps.js';
import type { Comparing } from '../compare-anew.js';
import { ComparingBy } from '../comparing-by.js';
import { matchingBy } from '../model.js';
import { emptyCandidate } from '../state/candidate.js';
import { migrateState } from '../state/migrate-state.js';
import { beginModel, candidateModel } from '../state/models.js';
import { State, type Transaction } from '../state/open-state.js';
import { keepRules } from '../state/rulings.js';
import { stored } from '../state/stored.js';
import { switchStep } from '../take-in.js';
import { buildStep } from './build-step.js';
import { switchOver } from './switch-over.js';

const zones = (join: number, review: number): MatchSettings['zones'] => ({ join, review, sensitive: { join, review } });
/** One joins fewer, one more; by two, of which one has pairs that the live one has not, two alike are too many already. */
const OTHERS: MatchSettings[] = [
  { ...USUAL_SETTINGS, model_version: 'strict', zones: zones(28, 5) },
  { ...USUAL_SETTINGS, model_version: 'loose', zones: zones(-5, -12) },
  { ...USUAL_SETTINGS, model_version: 'small', largest_component: 2 },
  { ...USUAL_SETTINGS, model_version: 'loose and small', zones: zones(-5, -12), largest_component: 2 },
];
const WRITER = 1;
const MODEL = 1;

let state: State;
beforeAll(async () => {
  const url = await freshDatabase('matcher');
  await migrateState(url);
  state = new State(url, () => undefined);
});
afterAll(() => state?.close());

/** A history of steps; the other model is proposed, built and switched to somewhere in it. */
const histories = fc
  .record({
    steps: fc.array(stepOf(7), { minLength: 10, maxLength: 40 }).map(numbered),
    at: fc.array(fc.nat(99), { minLength: 3, maxLength: 3 }).map((shares) => shares.sort((a, b) => a - b)),
    batch: fc.integer({ min: 1, max: 5 }),
    limit: fc.integer({ min: 1, max: 4 }),
    other: fc.constantFrom(...OTHERS),
  })
  .map(({ at, ...history }) => {
    const [proposed, built, switched] = at.map((share) => Math.floor((share * history.steps.length) / 100));
    return { ...history, proposed, built, switched };
  });

test('wherever a model is proposed, built and switched to, it ends as a matcher that had it from the beginning', async () => {
  await fc.assert(
    fc.asyncProperty(histories, ({ steps, batch, limit, proposed, built, switched, other }) =>
      rolledBack(async (client) => {
        const matcher = new Switching(client, other, limit);
        await matcher.prepare();
        for (let from = 0; from < steps.length; from += batch) {
          const passes = (place = 0) => from <= place && place < from + batch;
          await matcher.take(withTargets(steps.slice(from, from + batch)));
          if (passes(proposed)) await matcher.propose();
          if (passes(built)) expect(await matcher.build()).toEqual(await matcher.steps.peopleAtOnce(matcher.other.model));
          if (passes(switched)) await matcher.switch();
          await matcher.goOn();
        }
        await matcher.finish();
        expect(await matcher.steps.people()).toEqual(await matcher.steps.peopleAtOnce());
        const { held, atOnce } = await matcher.steps.reasons();
        expect(held).toEqual(atOnce);
        expect(await matcher.isWhole()).toBe(true);
      }),
    ),
    { numRuns: 80 },
  );
}, 180_000);

const NOBODY: Said = { names: [], dateOfBirth: null, addresses: [], identifiers: [] };
const tell = (said: Said, position: number, ...records: number[]) =>
  records.map((at): Step => ({ kind: 'details', subject: subjectOf(at), version: { epoch: 0, position }, details: kept(said) }));

test('a record that leaves its person again and again, while its own id stays with others, gets another id from the candidate each time', async () => {
  const TUNDE: Said = { names: [{ family: 'Okafor', given: ['Tunde'] }], dateOfBirth: { date: '1979-11-30' }, addresses: [{ postcode: 'M1 1AE' }], identifiers: [] }; // prettier-ignore
  await rolledBack(async (client) => {
    const matcher = new Switching(client, OTHERS[1]!, 10);
    await matcher.prepare();
    await matcher.propose();
    for (const steps of [tell(MAYA, 1, 1, 2, 3), tell(TUNDE, 2, 1), tell(TUNDE, 1, 4, 5), tell(NOBODY, 3, 1)]) {
      await matcher.take(steps);
      expect(await matcher.build()).toEqual(await matcher.steps.peopleAtOnce(matcher.other.model));
    }
  });
});

test('records that hang together by the candidate alone are too many alike for it, until one of them says something else', async () => {
  const on = (date: string): Said => ({
    names: [{ family: 'Okafor', given: ['Tunde'] }],
    dateOfBirth: { date },
    addresses: [],
    identifiers: [],
  });
  const reasons: string[][] = [];
  await rolledBack(async (client) => {
    const matcher = new Switching(client, OTHERS[3]!, 10);
    await matcher.prepare();
    await matcher.propose();
    for (const steps of [
      [...tell(on('1979-11-30'), 1, 1), ...tell(on('1979-02-14'), 1, 2), ...tell(on('1979-07-25'), 1, 3)],
      tell(NOBODY, 2, 3),
    ]) {
      await matcher.take(steps);
      await matcher.build();
      const { rows } = await client.query<{ reason: string }>('SELECT reason FROM matcher.candidate_record ORDER BY subject');
      reasons.push(rows.map(({ reason }) => reason));
    }
  });
  expect(reasons).toEqual(['too-many-alike', 'record-of-its-own'].map((reason) => [reason, reason, reason]));
});

/** Everything in one transaction that leaves nothing. */
async function rolledBack(work: (client: Transaction) => Promise<void>): Promise<void> {
  const done = new Error('done');
  await state
    .transaction(async (client) => {
      await work(client);
      throw done;
    })
    .catch((error: unknown) => {
      if (error !== done) throw error;
    });
}

class Switching {
  readonly steps: MatcherBySteps;
  readonly #comparing: ComparingBy;
  readonly other: Comparing;
  #beside = false;
  /** It was called built before everything was compared and decided. */
  #builtTooEarly = false;

  constructor(
    private readonly client: Transaction,
    private readonly settings: MatchSettings,
    private readonly limit: number,
  ) {
    const types = { together: 'RecordsKeptTogether', apart: 'RecordsKeptApart', none: 'RecordsKeptApartRevoked' } as const;
    this.steps = new MatcherBySteps(stored(client, MODEL), ({ one, other, ruling, decision }) =>
      keepRules(client, [{ type: types[ruling], subject: one, other, decision, reason: '', by: '' } satisfies PairRuling]),
    );
    this.#comparing = new ComparingBy(matchingBy(USUAL_SETTINGS, new Set()), () => this.steps.open);
    this.other = this.#comparing.with(JSON.stringify(settings));
  }

  async prepare(): Promise<void> {
    await this.client.query('UPDATE matcher.progress SET writer = $1, model = $2', [WRITER, this.#comparing.fromFile.version]);
    await this.client.query('ALTER TABLE matcher.model ALTER id RESTART');
  }

  take(steps: Step[]): Promise<void> {
    return this.steps.take(steps);
  }

  async propose(): Promise<void> {
    const values = [JSON.stringify(this.settings)];
    await this.client.query(`INSERT INTO matcher.model (settings, proposed_by, reason) VALUES ($1, 'robin', 'x')`, values);
    await beginModel(this.client, MODEL, this.other.model.version);
    await emptyCandidate(this.client);
    this.#beside = true;
  }

  async build(): Promise<string[]> {
    while (await this.#step());
    const { rows } = await this.client.query<{ subject: string; person: string }>('SELECT subject, person FROM matcher.candidate_record');
    const people = Map.groupBy(rows, ({ person }) => person);
    return [...people.values()].map((records) => records.map(({ subject }) => subject).sort().join('+')).sort(); // prettier-ignore
  }

  /** Some of the work beside, as the time between two batches has it. */
  async goOn(): Promise<void> {
    if (this.#beside) await this.#step();
    else await this.#decideWaiting();
  }

  async #step(): Promise<boolean> {
    const before = await candidateModel(this.client);
    const { worked } = await buildStep(this.client, this.other, this.limit);
    const { rows } = await this.client.query<{ waits: boolean }>('SELECT EXISTS (SELECT FROM matcher.candidate WHERE waiting IS NOT NULL) OR EXISTS (SELECT FROM matcher.candidate_mark) AS waits'); // prettier-ignore
    const isBuiltNow = before?.state === 'building' && (await candidateModel(this.client))?.state === 'built';
    this.#builtTooEarly ||= isBuiltNow && rows[0]!.waits;
    return worked;
  }

  async switch(): Promise<void> {
    await this.client.query(`UPDATE matcher.model SET approved_by = 'kim', wanted = 'switch'`);
    await this.#tellNumbers();
    const inOne = { transaction: <T>(work: (client: Transaction) => Promise<T>) => work(this.client) };
    const step = () => buildStep(this.client, this.other, this.limit);
    const candidate = (await candidateModel(this.client))!;
    const logger = createLogger('matcher', 'silent');
    const parts = { state: inOne, writer: WRITER, comparing: this.#comparing, logger, stopping: new AbortController().signal };
    await switchOver(parts, candidate, this.other, step);
    const { rows } = await this.client.query<{ settings: string }>('SELECT settings FROM matcher.outbox');
    this.steps.decisions.push({ type: 'MatchModelChosen', decision: this.steps.decisions.length + 1, modelVersion: this.other.model.version, settings: rows[0]!.settings, by: '' }); // prettier-ignore
    this.steps.model = this.other.model;
    this.#beside = false;
  }

  async finish(): Promise<void> {
    while (await this.#decideWaiting());
  }

  /** Numbers without a gap, and what they say is what is held; of every pair for a steward it is known since when it is. */
  async isWhole(): Promise<boolean> {
    const { decisions } = this.steps;
    const assigned = new Map(decisions.flatMap((one) => (one.type === 'RecordAssigned' ? [[one.subject, one.person]] : [])));
    const records = await this.steps.records();
    const { rows } = await this.client.query(`SELECT FROM matcher.pair LEFT JOIN matcher.review_since USING (one, other) WHERE zone = 'review' AND since IS NULL`); // prettier-ignore
    return (
      rows.length === 0 &&
      !this.#builtTooEarly &&
      decisions.every(({ decision }, at) => decision === at + 1) &&
      records.every(({ subject, person, waiting }) => waiting === null && assigned.get(subject) === person)
    );
  }

  async #decideWaiting(): Promise<boolean> {
    await this.#tellNumbers();
    const decisions = await switchStep(this.client, WRITER, this.#comparing, this.limit);
    if (decisions !== 'done') this.steps.decisions.push(...decisions);
    return decisions !== 'done';
  }

  async #tellNumbers(): Promise<void> {
    await this.client.query('UPDATE matcher.progress SET last_decision = $1', [this.steps.decisions.length]);
  }
}
