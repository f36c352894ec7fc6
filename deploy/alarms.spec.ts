import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ALARM_CODES } from '../apps/projector/src/watch/alarm.js';
import { AUDIT_CHANGED } from '../libs/read-model/src/outside-alarm.js';

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook: string };
}
const { groups } = parse(readFileSync('deploy/alarms.yml', 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

const sections = new Map(
  readFileSync('deploy/README.md', 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);
/** As GitHub makes it of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
const alarmsOf = (section: string) =>
  [...section.matchAll(/^_Alarm:_ (.*?)\. /gm)].flatMap(([, names]) =>
    [...names!.matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, name]) => name!),
  );

const metrics = new Set(
  globSync('apps/*/src/**/*.ts')
    .filter((file) => !file.endsWith('.spec.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\.(?:gauge|counter|histogram)\(\s*'(\w+)'/g)].map(([, name]) => name!)),
);
const WORDS = new Set(['by', 'or', 'and', 'unless', 'on']);
/** Names of metrics in a rule: whatever is neither a label, a text, a range, a function nor a word of the language. */
const metricsIn = (expr: string) =>
  [...expr.replaceAll(/\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)/g, ' ').matchAll(/\b[a-z_]\w*\b(?!\s*\()/g)].flatMap(([word]) =>
    WORDS.has(word) ? [] : [word],
  );

describe('The alerting rules', () => {
  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s names metrics that there are, and a section of the runbook that names it',
    (_, rule) => {
      const named = metricsIn(rule.expr);
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => !metrics.has(name))).toEqual([]);
      const heading = [...sections.keys()].find((one) => `deploy/README.md#${anchorOf(one)}` === rule.annotations.runbook);
      expect(heading).toBeDefined();
      expect(alarmsOf(sections.get(heading!)!)).toContain(rule.alert);
    },
  );

  it('are all there that the runbook speaks of', () => {
    const spokenOf = [...sections.values()].flatMap(alarmsOf);
    expect(spokenOf.sort()).toEqual(rules.map(({ alert }) => alert).sort());
    expect(spokenOf.length).toBeGreaterThan(ALARM_CODES.length);
  });

  it('pass on every alarm that upkeep, or whoever checks the audit log, can raise', () => {
    const passedOn = rules.flatMap(({ expr }) => [...expr.matchAll(/index_alarm_open\{code="([^"]+)"\}/g)].map(([, code]) => code!));
    expect(passedOn.sort()).toEqual([...ALARM_CODES, AUDIT_CHANGED].sort());
  });
});
