/** Whom an opened panel says to ring, by day and at night. */
import { afterEach, expect, test } from '@jest/globals';
import { openPages, textOf } from '../../../../test/support/pages.js';
import { anInvolvement, aPanel, aPerson, aState, PERSON } from '../../../../test/support/person-shown.js';
import type { InvolvementShown } from './involvement-shown.js';
import { OpenPanel } from './open-panel.query.js';

let pages: Awaited<ReturnType<typeof openPages>> | undefined;
afterEach(() => pages?.close());

const SCHOOL = { schoolName: 'Mill Lane High School', admissionType: 'Main', contactNumber: '01632 960 125' };

/** The page of somebody with these involvements of their school, opened. */
async function look(involvements: InvolvementShown[]) {
  const person = aPerson({ panels: [aPanel(aState('involved-now', 'Involved now'))] });
  const opened = { identity: person.identity, panel: person.panels[0]!, involvements, problems: [] };
  pages = await openPages({ result: (query) => (query instanceof OpenPanel ? opened : person) });
  const { body } = await pages.get(`/people/${PERSON}/services/school`);
  return { html: body, text: textOf(body) };
}

test('when a worker is gone the team is named, or the school, or the desk of the source', async () => {
  const nobody = { ...anInvolvement().contact, name: null, phone: null, email: null };
  const team = anInvolvement({ contact: { ...nobody, team: 'East cluster', teamPhone: '01632 960 131' } });
  const { html, text } = await look([team, anInvolvement({ contact: nobody, school: SCHOOL }), anInvolvement({ contact: nobody })]);
  expect(text).toContain('East cluster, 01632 960 131 Out of hours: the Youth Justice desk, 01632 960 101');
  expect(text).toContain('Mill Lane High School, 01632 960 125 Out of hours: the Youth Justice desk, 01632 960 101');
  // Three of one service: each says its own state.
  expect(html.match(/<h4[^>]*>Involved now<\/h4>/g)).toHaveLength(3);
  expect(text).toContain('No worker is named. Ring the team: East cluster, 01632 960 131');
  expect(text).toContain('No worker is named. Ring the school: Mill Lane High School, 01632 960 125');
  expect(text).toContain('Synergy names no one. Ring the Youth Justice desk, 01632 960 141 , out of hours 01632 960 101');
});

test('whom to ring at night is said of every contact: where a number is not, the desk’s, beside a name that stands alone', async () => {
  const { contact } = anInvolvement();
  const { text } = await look([
    anInvolvement({ contact: { ...contact, phone: null, email: null } }),
    anInvolvement({ contact: { ...contact, outOfHoursName: 'the night team', outOfHoursPhone: '01632 960 199' } }),
    anInvolvement({ contact: { ...contact, outOfHoursName: 'the night team' } }),
  ]);
  expect(text).toContain('No number is given. Ring the Youth Justice desk, 01632 960 141 , out of hours 01632 960 101');
  expect(text).toContain('Out of hours: the night team, 01632 960 199');
  expect(text).toContain('Out of hours: the night team, or the Youth Justice desk, 01632 960 101');
  expect(text.match(/Out of hours: /g)).toHaveLength(2);
});
