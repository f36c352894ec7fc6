import { loadAuthority } from '../authority.js';
import { replayIn } from './replay-form.js';
import type { Problem } from './typed.js';

const authority = loadAuthority('deploy/authority/northbridge.json');
const TOKEN = '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
function read(typed: Record<string, unknown>) {
  const problems: Problem[] = [];
  return { given: replayIn(typed, authority, problems), problems: problems.map(({ field }) => field) };
}

test.each([
  [{ what: 'everything', from: 'beginning' }, {}],
  [{ what: 'everything', from: 'beginning', source: 'mosaic', offset: '4' }, {}],
  [
    { what: 'source', source: 'mosaic', from: 'offset', offset: '1200' },
    { source: 'mosaic', offset: 1_200 },
  ],
  [{ what: 'subject', subject: ` ${TOKEN.toUpperCase()} `, from: 'beginning' }, { subject: TOKEN }],
  [
    { what: 'everything', from: 'time', day: '5', month: '7', year: '2026', hour: '9', minute: '5' },
    { since: Date.parse('2026-07-05T08:05:00Z') },
  ],
  [{ what: 'everything', from: 'time', day: '25', month: '11', year: '2026' }, { since: Date.parse('2026-11-25T00:00:00Z') }],
])('%j is what is meant', (typed, given) => {
  expect(read(typed)).toEqual({ given, problems: [] });
});

test.each([
  [{}, ['what', 'from']],
  [{ what: 'source', source: 'nobody', from: 'beginning' }, ['source']],
  [{ what: 'subject', subject: 'Tommy Williams', from: 'beginning' }, ['subject']],
  [{ what: 'everything', from: 'offset', offset: '-1' }, ['offset']],
  [{ what: 'everything', from: 'time', day: '31', month: '2', year: '2026' }, ['day']],
  [{ what: ['everything'], from: { $gt: '' } }, ['what', 'from']],
])('%j has to be corrected', (typed, problems) => {
  expect(read(typed).problems).toEqual(problems);
});
