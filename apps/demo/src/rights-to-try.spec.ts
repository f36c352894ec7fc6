import { rightsToTry } from './rights-to-try.js';
import { makeTown } from './town.js';

test('every reader of the made-up authority has a case, and there is a referral, a stranger and a restricted child to try', () => {
  const town = makeTown({ seed: 'northbridge', today: '2026-11-23', families: 3000 });
  const rights = rightsToTry(town);
  expect(rights.map(({ why }) => why.split(':')[0])).toEqual([
    'on Amara Okafor’s caseload',
    'on Priya Nair’s caseload',
    'on Dan Whittle’s caseload',
    'a referral to Assessment East that nobody is named for',
    'on none of these caseloads',
    'restricted',
  ]);
  const told = (caseId: string) => town.history.get('mosaic')!.filter((event) => 'recordId' in event && event.recordId === caseId);
  const described = (caseId: string) =>
    told(caseId).filter((event) => event.type === 'InvolvementOpened' || event.type === 'InvolvementUpdated');
  expect(described(rights[0]!.caseId)).toContainEqual(
    expect.objectContaining({ practitioner: expect.objectContaining({ readerId: 'amara.okafor' }) }),
  );
  expect(described(rights[3]!.caseId)).toContainEqual(expect.objectContaining({ team: 'Assessment East', practitioner: null }));
  expect(told(rights[5]!.caseId)).toContainEqual(expect.objectContaining({ restriction: 'restricted' }));
});
