import { loggedEvent } from '../../../../test/support/logged-event.js';
import { withoutConfidential } from './without-confidential.js';

type Given = Parameters<typeof loggedEvent<'PersonRecorded'>>[1];
const kept = (addresses: NonNullable<NonNullable<Given>['addresses']>) =>
  withoutConfidential(loggedEvent('PersonRecorded', { addresses }).addresses);
const withheld = { lines: [], postcode: null, uprn: null, from: null, to: null, kind: 'other', confidential: true };

describe('Addresses that may be shown nowhere', () => {
  it('keep nothing but that there is one', () => {
    expect(kept([{ lines: ['1 Hidden Lane'], postcode: 'NB1 1AA', uprn: '100012345', from: '2024-01-01', confidential: true }])).toEqual([
      withheld,
    ]);
  });

  it('are refuges and placements too, even where the source forgot to mark them', () => {
    expect(
      kept([
        { lines: ['2 Safe House'], kind: 'refuge' },
        { lines: ['3 Foster Road'], kind: 'placement' },
      ]),
    ).toEqual([withheld, withheld]);
  });

  it('are not given away by the same address listed once more, openly', () => {
    const twice = [
      { lines: ['1 Hidden Lane'], postcode: 'NB1 1AA', confidential: true },
      { lines: ['1, Hidden Lane'], postcode: 'nb11aa' },
    ];
    expect(kept(twice)).toEqual([withheld, withheld]);
  });

  it.each([
    ['UPRN, without a postcode', { lines: ['The Mews'], uprn: '100012345', kind: 'correspondence' as const }],
    ['wording, without a postcode', { lines: ['5, secret mews'] }],
    ['wording, in wide letters', { lines: ['５ Ｓｅｃｒｅｔ Ｍｅｗｓ'] }],
    ['postcode, in other words', { lines: ['Flat B, the old mill'], postcode: 'nb8 8zz' }],
  ])('are not given away by the same address with the same %s', (_, open) => {
    expect(kept([{ lines: ['5 Secret Mews'], postcode: 'NB8 8ZZ', uprn: '100012345', confidential: true }, open])).toEqual([
      withheld,
      withheld,
    ]);
  });

  it('hide no other address, and none without postcode that happens to stand beside them', () => {
    const open = kept([
      { lines: ['1 Hidden Lane'], confidential: true },
      { lines: ['9 Station Road'] },
      { lines: ['4 High Street'], postcode: 'NB2 2BB' },
    ]);
    expect(open.map(({ lines }) => lines)).toEqual([[], ['9 Station Road'], ['4 High Street']]);
  });
});
