/** What is not shown to anybody makes nobody a reader’s own case. */
import { authorityOfNorthbridge, changedAuthority } from '../../../../test/support/changed-authority.js';
import { QueryApp } from '../../../../test/support/query-app.js';

const NAMED = { name: 'Amara Okafor', role: null, phone: null, email: null, outOfHoursPhone: null, outOfHoursName: null, readerId: 'amara.okafor' }; // prettier-ignore
const hiding = (hidden: string) =>
  changedAuthority({
    services: authorityOfNorthbridge().services.map((one) => (one.service === hidden ? { ...one, display: 'hidden' } : one)),
  });

it.each([
  ['early-help', 403],
  ['housing', 200],
])('an involvement of early help that names the reader opens somebody unless that service is hidden: %s', async (hidden, status) => {
  const app = await QueryApp.open({ AUTHORITY_FILE: hiding(hidden) });
  try {
    const { person, subject } = await app.people.record();
    await app.people.involvement(subject, { source: 'cluster-lists', service: 'early-help', practitioner: NAMED });
    expect((await app.getUnasked(`/v1/people/${person}`)).status).toBe(status);
  } finally {
    await app.close();
  }
});
