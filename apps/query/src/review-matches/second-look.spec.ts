import { randomBytes, randomUUID } from 'node:crypto';
import { loadAuthority } from '../authority.js';
import { pairIn } from './pair.js';
import { isSampled, stewardsNeeded } from './second-look.js';

const key = randomBytes(32);
const somePair = () => pairIn(randomUUID(), randomUUID());
const authority = loadAuthority('deploy/authority/northbridge.json');
type Whole = Parameters<typeof stewardsNeeded>[3][number];
const person = (told: readonly string[]): Whole => ({
  records: told.map((source) => ({ source })),
  doubted: [],
  ofOtherAges: [],
  silent: [],
});
const never = { ...authority, stewards: { secondLookOneIn: Number.MAX_SAFE_INTEGER } };

describe('A second steward', () => {
  it('looks at about the share that the settings say, and at all of them when they say so', () => {
    const pairs = Array.from({ length: 4_000 }, somePair);
    const share = pairs.filter((pair) => isSampled(key, pair, 10)).length / pairs.length;
    expect(share).toBeGreaterThan(0.07);
    expect(share).toBeLessThan(0.13);
    expect(pairs.slice(0, 100).every((pair) => isSampled(key, pair, 1))).toBe(true);
  });

  it('looks at the same pairs always, which somebody without the key can’t tell', () => {
    const pairs = Array.from({ length: 400 }, somePair);
    const sampledBy = (by: Buffer) => pairs.filter((pair) => isSampled(by, pair, 2)).map(({ one }) => one);
    expect(sampledBy(key)).toEqual(sampledBy(key));
    expect(sampledBy(key)).not.toEqual(sampledBy(randomBytes(32)));
  });

  it('looks at whatever would bring anything of the police, youth offending or adult social care to a person, or part it from them', () => {
    const needed = (...people: (readonly string[])[]) =>
      stewardsNeeded(
        never,
        key,
        somePair(),
        people.map((of) => person(of)),
      );
    for (const source of ['niche', 'childview', 'cis']) {
      expect(needed(['synergy'], [source])).toBe(2);
      expect(needed(['mosaic', 'synergy', source], ['synergy'])).toBe(2);
    }
    expect(needed(['synergy', 'mosaic'], ['mosaic'])).toBe(1);
  });

  it('looks at whoever has a record that is doubted and of such a service, or that readers are not told of, of whichever service', () => {
    const needed = (kept: Partial<Whole>) =>
      stewardsNeeded(never, key, somePair(), [person(['mosaic']), { ...person(['synergy']), ...kept }]);
    const of = (source: string) => [{ source }];
    expect([needed({ doubted: of('niche') }), needed({ doubted: of('northbridge-homes') })]).toEqual([2, 1]);
    for (const source of ['niche', 'northbridge-homes', 'drug-list'])
      expect([source, needed({ ofOtherAges: of(source) }), needed({ silent: of(source) })]).toEqual([source, 2, 2]);
  });
});

test('what can’t be a pair is one that nobody has', () => {
  const [one, other] = [randomUUID(), randomUUID()].sort() as [string, string];
  expect(pairIn(other, one.toUpperCase())).toEqual({ one, other });
  expect(pairIn(one, one)).toEqual(pairIn('Tommy', other));
});
