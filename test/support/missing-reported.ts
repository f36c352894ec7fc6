import type { Got, QueryApp } from './query-app.js';

const SERVICE = 'school';

/** A machine reports that an involvement is missing, where a panel shows nothing unless the test says otherwise. */
export async function reportMissing(app: QueryApp, person: string, body: object = {}, service = SERVICE, query = ''): Promise<Got> {
  await app.giveReason(person);
  return app.sendJson(`/v1/people/${person}/services/${service}/problems${query}`, { category: 'missing-involvement', ...body });
}

/** A reader does so on the form, as it was shown to them. */
export async function sendMissing(app: QueryApp, person: string, fields: Record<string, string> = {}, service = SERVICE): Promise<Got> {
  await app.giveReason(person);
  return app.sendForm(`/people/${person}/panels/${service}/problem`, { category: 'missing-involvement', analystsAlone: 'yes', ...fields });
}

export async function answerMissing(app: QueryApp, problem: string, fields: Record<string, string>, reader = 'nora.finch'): Promise<Got> {
  const { rows } = await app.people.pool.query<{ id: string }>('SELECT id FROM decided.problem_ask WHERE problem = $1', [problem]);
  return app.sendForm(`/problems/${rows[0]!.id}`, fields, reader);
}
