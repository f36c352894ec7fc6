import { Inject, Injectable } from '@nestjs/common';
import { findUnusual, keepFindings, namesOfReaders, type Opened, openedInPeriod, type Period, type Unusual } from '#lib/audit';
import { Ask } from '../ask.js';
import type { Authority } from '../authority.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CompareReaders, nameKeysOf } from './compare-readers.query.js';
import { LookIntoAudit } from './look-into-audit.js';

/** Pairs of reader and person that are compared in one question. */
const AT_ONCE = 5_000;

/** Looks for unusual use, and keeps what it finds. */
@Injectable()
export class RunRules {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly asking: Ask,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  /** @returns how many findings are new, and how many readers nobody’s name is known of: the rules of identity are not asked of them */
  async run(asker: Asker, { from, to }: Period): Promise<{ added: number; unnamed: number }> {
    return this.audit.act(asker, { verb: 'unusual/run', about: { from, to } }, async () => {
      const { unusualUse } = this.authority;
      const { found, opened, names } = await this.audit.read(async (sight) => ({
        found: await findUnusual(sight, { from, to }, unusualUse),
        opened: await openedInPeriod(sight, { from, to }),
        names: await namesOfReaders(sight, { from, to }),
      }));
      const compared = await this.compare(asker, opened, names);
      const added = await this.audit.review((sight) => keepFindings(sight, [...found, ...compared], Date.now()));
      const readers = [...new Set(opened.map(({ reader }) => reader))];
      return { added, unnamed: readers.filter((reader) => nameKeysOf(reader, names.get(reader)) === null).length };
    });
  }

  private async compare(asker: Asker, opened: readonly Opened[], names: ReadonlyMap<string, string>): Promise<Unusual[]> {
    const { unusualUse } = this.authority;
    const pairs = [...new Map(opened.map(({ reader, person }) => [`${reader} ${person}`, { reader, person }])).values()];
    const rulesOf = new Map<string, Unusual['rule'][]>();
    for (let at = 0; at < pairs.length; at += AT_ONCE) {
      const query = new CompareReaders(pairs.slice(at, at + AT_ONCE), names, unusualUse.sameSurname.heldByAtMost);
      for (const { reader, person, rule } of (await this.asking.ask(asker, query)).result) {
        const key = `${reader} ${person}`;
        if (unusualUse[rule].on) rulesOf.set(key, [...(rulesOf.get(key) ?? []), rule]);
      }
    }
    return opened.flatMap((look) => (rulesOf.get(`${look.reader} ${look.person}`) ?? []).map((rule) => ({ ...look, rule, counts: {} })));
  }
}
