import type { ProblemShown } from '../../apps/query/src/report-problem/problem-shown.js';
import type { InvolvementListed } from '../../apps/query/src/view-person/involvement-shown.js';
import type { Got, QueryApp } from './query-app.js';

const AMARA = 'amara.okafor';

/** A machine reports a problem with a panel, of children's social care unless it is said otherwise. */
export async function reportBy(app: QueryApp, person: string, body: object, o: { reader?: string; service?: string } = {}): Promise<Got> {
  const { reader = AMARA, service = 'childrens-social-care' } = o;
  await app.giveReason(person, reader);
  const headers = { ...(await app.as(reader)), 'content-type': 'application/json' };
  return app.send(`/v1/people/${person}/services/${service}/problems`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** A reader does so on the form. */
export async function sendReport(
  app: QueryApp,
  person: string,
  fields: Record<string, string>,
  service = 'childrens-social-care',
): Promise<Got> {
  await app.giveReason(person, AMARA);
  const body = new URLSearchParams({ analystsAlone: 'no', ...fields });
  return app.send(`/people/${person}/panels/${service}/problem`, { method: 'POST', headers: await app.as(AMARA), body });
}

/** What a panel lists, in its order, and what is said to be wrong with it. */
export async function listedBy(app: QueryApp, person: string, service = 'childrens-social-care') {
  const { result } = (await app.get(`/v1/people/${person}/services/${service}`)).body;
  return result as { involvements: InvolvementListed[]; problems: ProblemShown[] };
}
