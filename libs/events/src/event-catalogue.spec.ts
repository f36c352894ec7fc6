import { readFileSync } from 'node:fs';
import { EVENT_TYPES, SourceEvent } from './involvement-event.js';

/** The sections of `schemas/README.md` that are named like an event, each with its JSON blocks. */
const sections = readFileSync('schemas/README.md', 'utf8')
  .split(/^## /m)
  .map((section) => ({
    title: section.slice(0, section.indexOf('\n')),
    text: section,
    examples: [...section.matchAll(/^```json\n(.*?)^```/gms)].map(([, json]) => json!),
  }));
const ofEvents = sections.filter(({ title }) => (EVENT_TYPES as string[]).includes(title));

test('the catalogue has a section for every event, in the order of the contract', () => {
  expect(ofEvents.map(({ title }) => title)).toEqual(EVENT_TYPES);
});

test.each(ofEvents)('$title says who sends it and when, and what changes on the page', ({ text }) => {
  expect(text).toMatch(/\*\*Who and when:\*\* /);
  expect(text).toMatch(/\*\*On the page:\*\* /);
});

test.each(ofEvents.flatMap(({ title, examples }) => examples.map((json) => ({ title, json }))))(
  'an example of $title is accepted as it stands, at the door of a source',
  ({ title, json }) => {
    const event = SourceEvent.parse({ ...(JSON.parse(json) as object), source: 'mosaic' });
    expect(event.type).toBe(title);
  },
);

test('every event has an example, and no example stands outside', () => {
  expect(ofEvents.filter(({ examples }) => examples.length === 0)).toEqual([]);
  expect(sections.filter((section) => !ofEvents.includes(section) && section.examples.length > 0)).toEqual([]);
});
