import { randomBytes } from 'node:crypto';
import { SealBrokenError } from './errors.js';
import { openText, sealText } from './seal-text.js';
import { SubjectKey } from './subject-key.js';

const key = (subject = 'a') => new SubjectKey(subject, randomBytes(32));

describe('A sealed text', () => {
  it('is opened by its record’s key to the letter, and never twice the same bytes', () => {
    const one = key();
    expect(openText(one, sealText(one, 'NH/1/2 Ń'))).toBe('NH/1/2 Ń');
    expect(sealText(one, 'x')).not.toEqual(sealText(one, 'x'));
  });

  it('is opened by no other key, and not with a byte changed or cut', () => {
    const one = key();
    const sealed = sealText(one, 'NH/1/2');
    expect(() => openText(key(), sealed)).toThrow(SealBrokenError);
    expect(() => openText(one, sealed.subarray(0, 20))).toThrow(SealBrokenError);
    sealed[14]! ^= 1;
    expect(() => openText(one, sealed)).toThrow(SealBrokenError);
  });
});
