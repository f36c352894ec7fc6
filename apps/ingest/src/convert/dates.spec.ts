import * as fc from 'fast-check';
import { Unreadable } from './column.js';
import { birthDateFrom, dayFrom } from './dates.js';

const TODAY = '2026-11-20';
const day = (text: string) => dayFrom()(text, TODAY);
const born = (text: string) => birthDateFrom()(text, TODAY);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

describe('A date', () => {
  it.each([
    ['2012-05-14', '2012-05-14'],
    ['2012-05-14T00:00:00.000Z', '2012-05-14'],
    ['2012-05-14 09:30:00', '2012-05-14'],
    ['20120514', '2012-05-14'],
    ['14/05/2012', '2012-05-14'],
    ['4/5/2012', '2012-05-04'],
    ['14/05/2012 00:00', '2012-05-14'],
    ['14.05.2012', '2012-05-14'],
    ['14/05/12', '2012-05-14'],
    ['14-May-12', '2012-05-14'],
    ['14-MAY-35', '1935-05-14'],
    ['14 May 2012', '2012-05-14'],
    ['14 September 2012', '2012-09-14'],
    ['41043', '2012-05-14'],
    ['41043.75', '2012-05-14'],
  ])('%s is read as %s', (written, meant) => {
    expect(day(written)).toBe(meant);
  });

  it.each(['01/01/1900', '1900-01-01', '01-Jan-1900', '31/12/9999', '1753-01-01T00:00:00', 'not known', 'N/K', '-', '?', 'tbc'])(
    '%s says that nothing is known',
    (written) => {
      expect(day(written)).toBeNull();
    },
  );

  it('that stands for nothing in one system alone is said by its mapping', () => {
    expect(dayFrom(['2000-01-01'])('01/01/2000', TODAY)).toBeNull();
    expect(day('01/01/2000')).toBe('2000-01-01');
  });

  it.each(['31/02/2014', '05/14/2012', '29/02/2023', 'last Tuesday', '14/13/2012', '0/5/2012', '14 Mai 2012', '1e5', '123456'])(
    '%s is told to the source, never guessed',
    (written) => {
      expect(day(written)).toBeInstanceOf(Unreadable);
    },
  );

  it('without its day is no whole day, but a date of birth may be as little as a year', () => {
    expect(day('2012')).toBeInstanceOf(Unreadable);
    expect(born('2012')).toEqual({ date: '2012', precision: 'year' });
    expect(born('05/2012')).toEqual({ date: '2012-05', precision: 'month' });
    expect(born('2012-05')).toEqual({ date: '2012-05', precision: 'month' });
    expect(born('May 2012')).toEqual({ date: '2012-05', precision: 'month' });
    expect(born('1900')).toBeNull();
  });

  it('is the same in whichever form it is written', () => {
    const days = fc.date({ min: new Date('1927-06-01'), max: new Date('2026-11-19'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [y, m, d] = iso.split('-') as [string, string, string];
        const month = MONTHS[Number(m) - 1]!;
        const serial = String(Math.round((Date.parse(iso) - Date.UTC(1899, 11, 30)) / 86_400_000));
        const forms = [iso, `${d}/${m}/${y}`, `${Number(d)}/${Number(m)}/${y}`, `${d}-${month}-${y}`, `${iso} 00:00:00`, serial];
        const meant = new Set(forms.map((form) => dayFrom()(form, TODAY)));
        expect([...meant]).toEqual([day(iso)]);
        expect(day(`${d}-${month}-${y.slice(2)}`)).toBe(y >= '1927' ? day(iso) : null);
      }),
    );
  });

  it('of any text is a real day, nothing, or told', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/.: -]{0,14}$/)), (text) => {
        const read = day(text);
        if (typeof read === 'string') expect(new Date(read).toISOString().slice(0, 10)).toBe(read);
        else expect(read === null || read instanceof Unreadable).toBe(true);
      }),
    );
  });
});
