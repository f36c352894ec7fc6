import type { ProblemShown } from '../../apps/query/src/report-problem/problem-shown.js';
import type { ValuesToReport } from '../../apps/query/src/report-problem/report-value.query.js';
import type { Got, QueryApp } from './query-app.js';
import { address, born, madeUpName, name } from './stored-people.js';

export const MILL_ROW = '4 Mill Row, NB4 2QT';
export const TOMMY = { names: [name('Williams', 'Tommy')], dateOfBirth: born('2012-05-12') };
export const atMillRow = { addresses: [address('4 Mill Row', 'NB4 2QT')] };

/** A child whom Mosaic and Synergy have at one address, the cluster lists at another; of nobody else’s name, as whoever may be a restricted person, or one a reader knows, is hidden with them. */
export async function childAtMillRow(app: QueryApp, mosaic: object = {}) {
  const who = { ...TOMMY, names: [name(madeUpName(), 'Tommy')] };
  const one = await app.people.record({ ...who, ...atMillRow, ...mosaic });
  const { person } = one;
  const synergy = await app.people.record({ person, source: 'synergy', ...who, ...atMillRow });
  await app.people.record({ person, source: 'cluster-lists', ...who, addresses: [address('9 Kiln Way', 'NB1 1AA')] });
  return { ...one, synergy };
}

/** A machine reports that a value is wrong; the address unless the test says otherwise. */
export async function reportValue(app: QueryApp, person: string, body: object = {}): Promise<Got> {
  await app.giveReason(person);
  return app.sendJson(`/v1/people/${person}/problems`, { category: 'wrong-value', value: { kind: 'address', words: MILL_ROW }, ...body });
}

const resultOf = ({ text }: Got): unknown => (JSON.parse(text) as { result: unknown }).result;

/** What of a person can be reported. */
export const valuesOf = async (app: QueryApp, person: string): Promise<ValuesToReport['values']> =>
  (resultOf(await app.get(`/v1/people/${person}/values`)) as ValuesToReport).values;

/** The problems that the person’s page shows. */
export const problemsOf = async (app: QueryApp, person: string): Promise<ProblemShown[]> =>
  (resultOf(await app.get(`/v1/people/${person}`)) as { problems: ProblemShown[] }).problems;
