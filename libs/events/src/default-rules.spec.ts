import fc from 'fast-check';
import { SERVICES } from './codes.js';
import { withDefaultRules } from './default-rules.js';
import { CarefulServices } from './source.js';

type Rules = Record<string, unknown>;
const laid = (said: Rules) => (withDefaultRules([said]) as Rules[])[0]!;
const service = fc.constantFrom(...Object.keys(SERVICES));

describe('The default rules of services', () => {
  it('are those of the product, for settings that name the services alone', () => {
    const rules = Object.keys(SERVICES).map((name) => {
      const { display, fromAge, toAge, saysCurrent } = laid({ service: name });
      return [name, display, fromAge, toAge, saysCurrent];
    });
    expect(rules).toEqual([
      ['childrens-social-care', 'shown', null, null, true],
      ['school', 'shown', 4, 20, true],
      ['adult-social-care', 'shown', 16, null, true],
      ['housing', 'shown', 16, null, true],
      ['police', 'shown', 18, null, false],
      ['youth-offending', 'shown', 10, 21, true],
      ['not-in-education', 'shown', 16, 24, true],
      ['early-help', 'shown', null, null, true],
      ['health-visitor', undefined, null, null, true],
      ['childrens-centre', undefined, null, null, true],
      ['gp', undefined, null, null, true],
      ['probation', undefined, null, null, true],
      ['mental-health', undefined, null, null, true],
      ['drug-and-alcohol', undefined, null, null, true],
      ['benefits-and-employment', undefined, null, null, true],
      ['other', undefined, null, null, true],
    ]);
    expect(laid({ service: 'police' })).toMatchObject({ offencesAtMost: 3 });
    expect(laid({ service: 'housing' })).toMatchObject({ noticesWithinMonths: 12 });
  });

  it('give way to whatever the settings say, and to nothing else', () => {
    const rule = fc.record(
      {
        display: fc.constantFrom('shown', 'hidden', 'broker', 'no-agreement'),
        fromAge: fc.option(fc.nat(120)),
        toAge: fc.option(fc.nat(120)),
        saysCurrent: fc.boolean(),
        offencesAtMost: fc.nat(9),
        noticesWithinMonths: fc.nat(99),
        matchedWithCare: fc.boolean(),
        conditions: fc.string(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(service, rule, (name, said) => {
        const left = Object.fromEntries(Object.entries(laid({ service: name })).filter(([key]) => !(key in said)));
        expect(laid({ service: name, ...said })).toEqual({ ...left, ...said });
      }),
    );
  });

  it('leave alone whatever is no list of services', () => {
    for (const wrong of [undefined, null, 'police', { service: 'police' }]) expect(withDefaultRules(wrong)).toBe(wrong);
    expect(withDefaultRules([null, 'police', ['police']])).toEqual([null, 'police', ['police']]);
  });

  it('are the matcher’s as well: which records are matched with care', () => {
    const careful = CarefulServices.parse(Object.keys(SERVICES).map((name) => ({ service: name })));
    expect(careful.filter(({ matchedWithCare }) => matchedWithCare).map((one) => one.service)).toEqual([
      'adult-social-care',
      'police',
      'youth-offending',
    ]);
    expect(CarefulServices.parse([{ service: 'police', matchedWithCare: false }])).toEqual([{ service: 'police', matchedWithCare: false }]);
  });
});
