/** What no tool checks: `Ask` is the only way from a route to a person's data. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { snapshotOf } from './snapshot.js';
import { ViewPersonHandler, ViewPerson } from './view-person/view-person.query.js';

const folder = import.meta.dirname;
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const filesWith = (pattern: RegExp) =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .sort();

describe('The only door to personal data', () => {
  it('is the one place that runs questions', () => {
    expect(filesWith(/\bQueryBus\b/)).toEqual(['ask.ts']);
    expect(filesWith(/\binSnapshot\b/)).toEqual(['ask.ts', 'snapshot.ts']);
  });

  it('is the one place, besides the checks of readiness, that holds the read model’s connections', () => {
    expect(filesWith(/\bREADS\b/)).toEqual(['ask.ts', 'providers.ts', 'query.module.ts']);
    expect(filesWith(/\bOPERATIONS\b/)).toEqual([
      'audit-pages/raised-alerts.ts',
      'claim-same/kept-claims.ts',
      'decided.ts',
      'doubt-record/kept-doubts.ts',
      'ops-pages/operate.ts',
      'providers.ts',
      'query.module.ts',
      'report-problem/kept-problems.ts',
      'review-matches/kept-rulings.ts',
      'review-matches/opened-pair.ts',
      'review-matches/waiting-list.ts',
      'sources/own-sources.ts',
    ]);
    expect(filesWith(/\bOPINIONS\b/)).toEqual(['providers.ts', 'query.module.ts', 'review-matches/kept-opinions.ts']);
    expect(filesWith(/\bopenReadModel\b/)).toEqual(['start.ts']);
    expect(filesWith(/from 'pg'/)).toEqual([
      'kept-beside-sessions.ts',
      'query.module.ts',
      'review-matches/matcher-door.ts',
      'say-settings.ts',
      'settings-page/settings.page.ts',
      'sign-in/end-sessions.ts',
      'sign-in/open-sessions.ts',
      'sign-in/sessions.ts',
      'sign-in/sign-in.ts',
      'sign-in/sign-ins-under-way.ts',
      'snapshot.ts',
    ]);
  });

  it('is all that pages and REST routes know of reading: they name questions, never handlers or statements', () => {
    const routes = sources.filter(({ file }) => /\.(page|api)\.ts$/.test(file));
    expect(routes.length).toBeGreaterThan(4);
    for (const { text } of routes)
      expect(text).not.toMatch(/Handler\b|\bsnapshotOf\b|\bSELECT\b|read-(people|person|facts|matches|involvements)\.js/);
  });

  it('is not needed by the operations pages: none of their statements names a table that holds anything of a person', () => {
    const statements = sources.filter(({ file }) => file.startsWith('ops-pages/')).map(({ text }) => text);
    expect(statements.length).toBeGreaterThan(20);
    const named = statements.flatMap((text) =>
      [...text.replaceAll('epoch FROM', '').matchAll(/\b(?:FROM|JOIN) ([a-z_.]+)/g)].map(([, table]) => table!),
    );
    const open = ['checkpoint', 'coverage', 'matched_up_to', 'parked', 'source_progress', 'tally'];
    const within = ['checks', 'counted', 'heard', 'held', 'named', 'passed', 'progress', 'refused', 'said', 'unnest'];
    const outside = ['alarm', 'comparison', 'difference', 'rejected', 'source_day'].map((table) => `control.${table}`);
    expect(named.filter((table) => ![...open, ...within, ...outside].includes(table))).toEqual([]);
    // A list of tables would hide all but its first.
    expect(statements.join()).not.toMatch(/\bFROM [a-z_.]+( [a-z]+)?,/);
    expect(statements.join()).not.toMatch(/\bbytes\b.*\bFROM parked\b|SELECT \*/);
  });

  it('leaves a question that was not asked with nothing to read from', async () => {
    const query = new ViewPerson('0d3b2046-e8d6-4181-9859-392520cbede7');
    expect(() => snapshotOf(query)).toThrow('ViewPerson was run without being asked');
    await expect(new ViewPersonHandler({} as never).execute(query)).rejects.toThrow('without being asked');
  });
});
