import { Inject, Injectable } from '@nestjs/common';
import { findUnusual, keepFindings, type Opened, openedInPeriod, type Period, type Unusual } from '#lib/audit';
import { Ask } from '../ask.js';
import type { Authority } from '../authority.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CompareReaders } from './compare-readers.query.js';
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

  /** @returns how many findings are new */
  async run(asker: Asker, { from, to }: Period): Promise<number> {
    return this.audit.act(asker, { verb: 'unusual/run', about: { from, to } }, async () => {
      const { unusualUse } = this.authority;
      const { found, opened } = await this.audit.read(async (sight) => ({
        found: await findUnusual(sight, { from, to }, unusualUse),
        opened: await openedInPeriod(sight, { from, to }),
      }));
      const compared = await this.compare(asker, opened);
      return this.audit.review((sight) => keepFindings(sight, [...found, ...compared], Date.now()));
    });
  }

  private async compare(asker: Asker, opened: readonly Opened[]): Promise<Unusual[]> {
    const { unusualUse } = this.authority;
    const pairs = [...new Map(opened.map(({ reader, person }) => [`${reader} ${person}`, { reader, person }])).values()];
    const rulesOf = new Map<string, Unusual['rule'][]>();
    for (let at = 0; at < pairs.length; at += AT_ONCE) {
      const query = new CompareReaders(pairs.slice(at, at + AT_ONCE), unusualUse.sameSurname.heldByAtMost);
      for (const { reader, person, rule } of (await this.asking.ask(asker, query)).result) {
        const key = `${reader} ${person}`;
        if (unusualUse[rule].on) rulesOf.set(key, [...(rulesOf.get(key) ?? []), rule]);
      }
    }
    return opened.flatMap((look) => (rulesOf.get(`${look.reader} ${look.person}`) ?? []).map((rule) => ({ ...look, rule, counts: {} })));
  }
}
