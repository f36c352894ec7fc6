import fc from 'fast-check';
import { ROLES, type Role } from '../sign-in/reader.js';
import { DATA_CLASSES, type DataClass, decide, type Facts, RELATIONSHIPS, RESTRICTIONS, type Verdict } from './policy.js';
import { NONE_YET, type Purpose, PURPOSES, type PurposeCode } from './purpose.js';

const roles = [...(Object.keys(ROLES) as Role[]), 'visitor' as Role];
const purposes: (Purpose | null)[] = [
  null,
  ...(Object.keys(PURPOSES) as PurposeCode[]).flatMap((why) =>
    ['', ' ', 'court tomorrow'].flatMap((words) => ['', ' ', NONE_YET, 'C-1'].map((reference) => ({ why, words, reference }))),
  ),
  { why: 'curious' as PurposeCode, words: 'I wondered', reference: 'C-1' },
];
const everything: Facts[] = roles.flatMap((role) =>
  [...DATA_CLASSES, 'diary' as DataClass].flatMap((data) =>
    RELATIONSHIPS.flatMap((relationship) =>
      purposes.flatMap((purpose) =>
        RESTRICTIONS.flatMap((restriction) =>
          [false, true].map((override) => ({ role, data, relationship, purpose, restriction, override })),
        ),
      ),
    ),
  ),
);

/** The policy once more, written apart from the table: by sentences, each of which may only take away. */
function secondOpinion({ role, data, relationship, purpose, restriction, override }: Facts): Verdict['outcome'] {
  const said =
    purpose !== null && purpose.why in PURPOSES && /\S/.test(purpose.reference) && !(purpose.why === 'other' && !/\S/.test(purpose.words));
  const onceSaid = said ? 'allow' : 'allow-with-reason';
  const families = /^(social-worker|team-manager|duty)$/.test(role);
  if (/^(basic|relation|contact|panel)/.test(data)) {
    if (!families || restriction === 'declared-known') return 'deny';
    if (restriction === 'restricted') return role === 'team-manager' && override ? onceSaid : 'deny';
    const own = ['caseload', 'referral-queue', ...(role === 'team-manager' ? ['own-team'] : [])];
    return own.includes(relationship) ? 'allow' : onceSaid;
  }
  const key = `${role} ${data}`;
  if (key === 'ig-officer audit-terms') return onceSaid;
  if (key === 'team-manager audit') return relationship === 'own-team' ? 'allow' : 'deny';
  const free = [
    'ig-officer audit',
    'operations operations',
    'administrator settings',
    'source-publisher data-quality',
    'source-publisher source-files',
    'data-steward matching',
  ];
  if (data === 'own-sources') return role === 'source-publisher' || role === 'operations' ? 'allow' : 'deny';
  return (families && data === 'search') || key === 'team-manager restricted-records' || free.includes(key) ? 'allow' : 'deny';
}

describe('What a reader may have', () => {
  it('is the same by the table and by a second way of writing it, whatever plays a part', () => {
    const differing = everything.filter((facts) => decide(facts).outcome !== secondOpinion(facts));
    expect(differing.slice(0, 3)).toEqual([]);
    expect(everything.length).toBeGreaterThan(100_000);
  });

  it('comes with a code that says why, and no code stands for two outcomes', () => {
    const outcomes = new Map<string, Set<string>>();
    for (const facts of everything) {
      const { code, outcome } = decide(facts);
      outcomes.set(code, (outcomes.get(code) ?? new Set()).add(outcome));
    }
    expect([...outcomes].filter(([, of]) => of.size !== 1)).toEqual([]);
    const codes = [
      'role caseload referral-queue own-team reason-given overridden reason-needed override-needs-reason',
      'not-this-role another-team knows-this-person restricted',
    ];
    expect([...outcomes.keys()].sort()).toEqual(codes.join(' ').split(' ').sort());
  });

  it('is nothing of a family for operations, information governance, publishers of sources, data stewards and administrators', () => {
    const ofNobody = ['audit', 'audit-terms', 'operations', 'settings', 'data-quality', 'own-sources', 'source-files', 'matching'];
    const families = DATA_CLASSES.filter((data) => !ofNobody.includes(data));
    const others = everything.filter(
      ({ role, data }) => !['social-worker', 'team-manager', 'duty'].includes(role) && families.includes(data),
    );
    expect(others.length).toBeGreaterThan(1000);
    expect(others.filter((facts) => decide(facts).code !== 'not-this-role')).toEqual([]);
  });

  it('says of a restricted person no more to somebody without the way in, whatever reason they give', () => {
    const codes = new Set(
      everything
        .filter(
          ({ role, data, restriction, override }) =>
            role === 'social-worker' && data === 'panel' && restriction === 'restricted' && override,
        )
        .map((facts) => decide(facts).code),
    );
    expect([...codes]).toEqual(['restricted']);
  });
});

const LOOSER = ['deny', 'allow-with-reason', 'allow'];
const looseness = (facts: Facts) => LOOSER.indexOf(decide(facts).outcome);
const anyFacts = fc.record({
  role: fc.constantFrom(...roles),
  data: fc.constantFrom(...DATA_CLASSES),
  relationship: fc.constantFrom(...RELATIONSHIPS),
  purpose: fc.option(
    fc.record({ why: fc.constantFrom(...(Object.keys(PURPOSES) as PurposeCode[])), words: fc.string(), reference: fc.string() }),
  ),
  restriction: fc.constantFrom(...RESTRICTIONS),
  override: fc.boolean(),
});

describe('Nothing that should hold somebody back lets them further', () => {
  it.each(['restricted', 'declared-known'] as const)('a person who is %s', (restriction) => {
    fc.assert(fc.property(anyFacts, (facts) => looseness({ ...facts, restriction }) <= looseness({ ...facts, restriction: 'none' })));
  });

  it('saying nothing of why', () => {
    fc.assert(fc.property(anyFacts, (facts) => looseness({ ...facts, purpose: null }) <= looseness(facts)));
  });

  it('not having come by the separate way in', () => {
    fc.assert(fc.property(anyFacts, (facts) => looseness({ ...facts, override: false }) <= looseness(facts)));
  });
});
