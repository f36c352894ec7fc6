import { makeTown } from './town.js';
import { worthLookingUp } from './worth-looking-up.js';

test.each(['2026-11-23', '2027-02-28'])('four children of four families are worth looking up, reckoned from %s', (today) => {
  const town = makeTown({ seed: 'northbridge', today, families: 3000 });
  const children = worthLookingUp(town);
  expect(new Set(children.map(({ person }) => person.family)).size).toBe(4);
  expect(children.map(({ why }) => why)).toEqual([
    expect.stringMatching(/^involved now: Children’s social care, .*, .*; before: ./),
    expect.stringContaining('half-sibling has another family name'),
    expect.stringContaining('is expected on 20'),
    expect.stringMatching(/^\d services know the mother, who is one person: Children’s social care, /),
  ]);
  const [, count, services] = /^(\d) services.*: (.*)$/.exec(children[3]!.why)!;
  expect(new Set(services!.split(', ')).size).toBe(Number(count));
  for (const { name, born, caseId, person } of children) {
    const stated = town.history.get('mosaic')!.findLast((event) => event.type === 'PersonRecorded' && event.recordId === caseId);
    expect(stated).toMatchObject({
      names: [{ given: expect.arrayContaining([person.name.given[0]]) }],
      dateOfBirth: { date: born, precision: 'day' },
      restriction: 'none',
    });
    expect(name).toContain(person.name.family);
  }
});
