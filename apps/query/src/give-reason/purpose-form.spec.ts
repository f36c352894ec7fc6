import { purposeFrom } from './purpose-form.js';

const messages = (form: object) => {
  const read = purposeFrom(form);
  return 'problems' in read ? read.problems.map(({ message }) => message) : [];
};

describe('The form that asks why', () => {
  it('takes a purpose with a reference, or with the answer that there is none yet', () => {
    expect(purposeFrom({ why: 'section-47', words: ' ', reference: ' C-1 ' })).toEqual({
      purpose: { why: 'section-47', words: '', reference: 'C-1' },
    });
    expect(purposeFrom({ why: 'handover', none: 'yes' })).toEqual({ purpose: { why: 'handover', words: '', reference: 'none-yet' } });
  });

  it('keeps words only where the purpose is another one, and wants some there', () => {
    expect(purposeFrom({ why: 'other', words: 'court tomorrow', none: 'yes' })).toMatchObject({ purpose: { words: 'court tomorrow' } });
    expect(purposeFrom({ why: 'handover', words: 'left from before', none: 'yes' })).toMatchObject({ purpose: { words: '' } });
    expect(messages({ why: 'other', words: ' ', none: 'yes' })).toEqual(['Enter why you need to see this record']);
  });

  it('says what is missing', () => {
    const both = ['Select why you need to see this record', 'Enter a case or contact reference, or tick that there is none yet'];
    expect(messages({})).toEqual(both);
    expect(messages({ why: ['section-47', 'other'], reference: ['a'] })).toEqual(both);
    expect(messages({ why: 'toString', none: 'yes' })).toEqual(both.slice(0, 1));
    expect(messages({ why: 'section-47', reference: 'x'.repeat(101) })).toEqual(['Enter a reference of 100 characters or fewer']);
  });
});
