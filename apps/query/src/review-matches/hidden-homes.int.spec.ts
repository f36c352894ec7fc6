/** Stewards are told no more of a hidden child's home than anybody else (decision 0074). */
import { placedChild } from '../../../../test/support/placed-child.js';
import { textOf } from '../../../../test/support/pages.js';
import { address } from '../../../../test/support/stored-people.js';
import { StewardsDesk } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

/** Two records of the home of a child's carer, one of two at whose door a steward stands; the child is linked to nobody yet. */
async function twoAtHome() {
  const { child, carer, street, postcode } = await placedChild(desk.app.people);
  const addresses = [address(`9 ${street}`, postcode)];
  const { path, family } = await desk.waits({ addresses }, { addresses });
  const hide = () => desk.app.people.link(child.subject, carer.subject, 'foster-carer');
  const pages = async () => Promise.all([path, `${path}?print=yes`, `${path}/known`].map(async (of) => textOf((await desk.read(of)).text)));
  return { street, postcode, family, hide, pages };
}

it('of two records at such a home a steward sees no address, nor that they share one', async () => {
  const two = await twoAtHome();
  expect((await two.pages())[0]).toContain(two.street);
  await two.hide();
  for (const page of await two.pages()) {
    expect(page).not.toContain(two.street);
    expect(page.replaceAll(' ', '')).not.toContain(two.postcode.replaceAll(' ', ''));
  }
  const without = await desk.waits({ addresses: [] }, { addresses: [] });
  expect(madeOf((await two.pages())[0]!, two)).toBe(madeOf(textOf((await desk.read(without.path)).text), without));
});

/** Why the matcher holds them for one or two, in words, with whatever they are called. */
function madeOf(page: string, { family }: { family: string }): string {
  const [, made] = page.split('What the matcher makes of them');
  expect(made).toContain('How it adds up');
  return made!.replaceAll(family, 'their name');
}
