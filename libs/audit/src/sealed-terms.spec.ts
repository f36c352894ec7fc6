import { randomBytes } from 'node:crypto';
import { openTerms, sealTerms } from './sealed-terms.js';

describe('What a reader typed', () => {
  const key = randomBytes(32);
  const terms = { familyName: 'O’Neill', givenName: 'Siân' };

  it('opens again with the key, at its own place', () => {
    expect(openTerms(key, sealTerms(key, terms, 'record 1'), 'record 1')).toEqual(terms);
  });

  it('stands nowhere in the sealed bytes', () => {
    expect(sealTerms(key, terms, 'record 1').includes(Buffer.from('Neill'))).toBe(false);
  });

  it('looks otherwise each time it is sealed', () => {
    const [one, other] = [sealTerms(key, terms, 'record 1'), sealTerms(key, terms, 'record 1')];
    const nonce = (sealed: Buffer) => sealed.subarray(0, 12).toString('hex');
    expect(nonce(one)).not.toBe(nonce(other));
    expect(one.subarray(28).equals(other.subarray(28))).toBe(false);
  });

  it('does not open when it was cut, however little is left to be checked', () => {
    expect(() => openTerms(key, sealTerms(key, terms, 'record 1').subarray(0, 16), 'record 1')).toThrow(/authentication tag length/);
  });

  it('does not open elsewhere, with another key, or when a byte was changed', () => {
    const sealed = sealTerms(key, terms, 'record 1');
    const changed = Buffer.from(sealed);
    changed[changed.length - 1]! ^= 1;
    expect(() => openTerms(key, sealed, 'record 2')).toThrow(/authenticate/);
    expect(() => openTerms(randomBytes(32), sealed, 'record 1')).toThrow(/authenticate/);
    expect(() => openTerms(key, changed, 'record 1')).toThrow(/authenticate/);
  });
});
