import { randomUUID } from 'node:crypto';
import { changedAuthority } from './changed-authority.js';
import { MatcherByHand } from './matcher-by-hand.js';
import { type Got, QueryApp } from './query-app.js';
import { born, madeUpName, name, type StoredRecordOptions } from './stored-people.js';

export const [GRACE, TOM, WEN] = ['grace.holt', 'tom.ellery', 'wen.zhao'] as const;
export const SAME = { answer: 'same', reason: 'details-agree' };
export const DIFFERENT = { answer: 'different', reason: 'twins-or-siblings' };

/** The pages of data stewards over HTTP, on records and pairs that the test puts there; as Grace Holt unless said. */
export class StewardsDesk {
  private constructor(
    readonly app: QueryApp,
    readonly matcher: MatcherByHand,
  ) {}

  /** @param secondLookOneIn no pair is looked at twice by chance, unless said @param changed settings of the authority */
  static async open(secondLookOneIn: number = Number.MAX_SAFE_INTEGER, changed: object = {}): Promise<StewardsDesk> {
    const matcher = await MatcherByHand.open();
    const AUTHORITY_FILE = changedAuthority({ stewards: { secondLookOneIn }, ...changed });
    return new StewardsDesk(await QueryApp.open({ MATCHER_STEWARDS_URL: matcher.stewardsUrl, AUTHORITY_FILE }), matcher);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.matcher.close();
  }

  read(path: string, reader: string = GRACE): Promise<Got> {
    return this.app.getUnasked(path, reader);
  }

  async send(path: string, fields: Record<string, string>, reader: string = GRACE): Promise<Got> {
    return this.app.send(path, { method: 'POST', headers: await this.app.as(reader), body: new URLSearchParams(fields) });
  }

  /** Past the page that asks once more. */
  decide(path: string, fields: Record<string, string>, reader: string = GRACE): Promise<Got> {
    return this.send(path, { ...fields, step: 'decide' }, reader);
  }

  /** Addresses of the pairs on the page of the queue: those that wait, then those that the reader has answered. */
  async queued(reader: string = GRACE, filter = ''): Promise<string[]> {
    const { text } = await this.read(`/matches${filter}`, reader);
    return [...text.matchAll(/href="(\/matches\/[^"/]+\/[^"?]+)/g)].map(([, path]) => path!);
  }

  /** Two records of one name that wait for a steward. @param since hours ago */
  async waits(one: StoredRecordOptions = {}, other: StoredRecordOptions = {}, since?: number) {
    const family = madeUpName();
    const records = [
      await this.app.people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1980-02-03'), ...one }),
      await this.app.people.record({ source: 'synergy', names: [name(family, 'Ada')], dateOfBirth: null, ...other }),
    ] as const;
    return { ...(await this.matcher.waits(...records, since)), records, family };
  }

  /** What the matcher was asked about a pair, oldest first. */
  async askedOf({ one }: { one: string }) {
    return (await this.matcher.asked()).filter((request) => request.one === one);
  }

  /** What this path and a pair that nobody has are answered with: to be the same. */
  async besideNobody(path: string, reader: string = GRACE): Promise<[status: number, same: boolean]> {
    const [got, nobody] = [await this.read(path, reader), await this.read(`/matches/${randomUUID()}/${randomUUID()}`, reader)];
    return [got.status, got.text === nobody.text];
  }
}
