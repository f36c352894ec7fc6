import { OpenPanel } from '../../apps/query/src/view-person/open-panel.query.js';
import type { PersonPage } from '../../apps/query/src/view-person/view-person.query.js';
import { openPages, textOf } from './pages.js';
import { anInvolvement, PERSON } from './person-shown.js';

/** A made-up person as their pages show them. @param involvements of whichever panel is open */
export async function lookAt(person: PersonPage, url = `/people/${PERSON}`, involvements = [anInvolvement()]) {
  const pages = await openPages({
    sources: person.panels.flatMap(({ sources }) => sources),
    result: (query) =>
      query instanceof OpenPanel
        ? { identity: person.identity, panel: person.panels.find(({ service }) => service === query.service)!, involvements, problems: [] }
        : person,
  });
  try {
    const answer = await pages.get(url);
    return { answer, html: answer.body, text: textOf(answer.body), asked: pages.asked };
  } finally {
    await pages.close();
  }
}
