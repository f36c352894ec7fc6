import { randomBytes, randomUUID } from 'node:crypto';
import { loadAuthority } from '../authority.js';
import { pairIn } from './pair.js';
import { isSampled, stewardsNeeded } from './second-look.js';

const key = randomBytes(32);
const somePair = () => pairIn(randomUUID(), randomUUID());
const authority = loadAuthority('deploy/authority/northbridge.json');
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

  it('looks at whatever concerns the police, youth offending or adult social care', () => {
    for (const source of ['niche', 'childview', 'cis']) {
      expect(stewardsNeeded(never, key, somePair(), ['synergy', source])).toBe(2);
      expect(stewardsNeeded(never, key, somePair(), [source, 'mosaic'])).toBe(2);
    }
    expect(stewardsNeeded(never, key, somePair(), ['synergy', 'mosaic'])).toBe(1);
  });
});

test('what can’t be a pair is one that nobody has', () => {
  const [one, other] = [randomUUID(), randomUUID()].sort() as [string, string];
  expect(pairIn(other, one.toUpperCase())).toEqual({ one, other });
  expect(pairIn(one, one)).toEqual(pairIn('Tommy', other));
});
