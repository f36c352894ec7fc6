import type { QueryApp } from './query-app.js';

/** Addresses of problems reported with a panel: one that waits, one with an answer, and one that the data analysts are asked alone. */
export interface ProblemsStored {
  problem: string;
  answered: string;
  missing: string;
}

/** Somebody has reported problems with the child's record, of which one has an answer, and that an involvement is missing. */
export async function storeProblems(app: QueryApp, child: string): Promise<ProblemsStored> {
  const sent = async (path: string, reader: string, fields: Record<string, string>) =>
    app.send(path, { method: 'POST', headers: await app.as(reader), body: new URLSearchParams(fields) });
  const report = `/people/${child}/panels/childrens-social-care/problem`;
  await sent(report, 'amara.okafor', { category: 'wrong-person', words: 'Another of that name', named: 'yes' });
  const form = (await app.send(report, { headers: await app.as('amara.okafor') })).text;
  const involvement = /name="involvement"[^>]*value="([^"]+)"/.exec(form)![1]!;
  await sent(report, 'amara.okafor', { category: 'wrong-phone', involvement });
  await sent(`/people/${child}/panels/housing/problem`, 'amara.okafor', { category: 'missing-involvement', words: 'Mill Court, she says' });
  const { text } = await app.send('/problems', { headers: await app.as('nora.finch') });
  const listed = [...text.matchAll(/href="(\/problems\/[0-9a-f-]{36})">([^<]*)/g)];
  const at = (words: string) => listed.find(([, , what]) => what!.includes(words))![1]!;
  const [problem, answered, missing] = [at('wrong person'), at('phone number'), at('missing')];
  await sent(answered, 'nora.finch', { outcome: 'fixed', words: 'The new number is there' });
  return { problem, answered, missing };
}
