import type { QueryApp } from './query-app.js';

/** Addresses of problems reported with a panel: one that waits, and one with an answer. */
export interface ProblemsStored {
  problem: string;
  answered: string;
}

/** Somebody has reported problems with the child's record, and one has an answer. */
export async function storeProblems(app: QueryApp, child: string): Promise<ProblemsStored> {
  const sent = async (path: string, reader: string, fields: Record<string, string>) =>
    app.send(path, { method: 'POST', headers: await app.as(reader), body: new URLSearchParams(fields) });
  const report = `/people/${child}/panels/childrens-social-care/problem`;
  await sent(report, 'amara.okafor', { category: 'wrong-person', words: 'Another of that name', named: 'yes' });
  await sent(report, 'amara.okafor', { category: 'wrong-phone' });
  const { text } = await app.send('/problems', { headers: await app.as('nora.finch') });
  // The more urgent one comes first.
  const [problem, answered] = [...text.matchAll(/href="(\/problems\/[0-9a-f-]{36})"/g)].map(([, path]) => path!);
  await sent(answered!, 'nora.finch', { outcome: 'fixed', words: 'The new number is there' });
  return { problem: problem!, answered: answered! };
}
