import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askAudit, askAuditForAll, type AuditQuestion } from '#lib/audit';
import type { Authority } from '../authority.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { entryLines } from './entry-csv.js';
import { entryShown, lineShown, type ShownEntry } from './entry-shown.js';
import { pageOf } from './fold-entries.js';
import type { FoundInLog } from './found-in-log.js';
import { type Asked, LookIntoAudit, teamSeenBy } from './look-into-audit.js';
import { placeIn, placeOf } from './place-in-list.js';
import { periodAsked, periodQuery } from './period.js';
import { renderAudit, type Section } from './render-audit.js';
import { sendFile } from './send-file.js';

/** A list of entries: what is asked, how that goes on record, and what the page says of it. */
export interface Listing {
  section: Section;
  title: string;
  /** Whom or what it is about, in the page alone: titles and addresses say nothing of anybody. */
  named: string | null;
  /** What is listed, and what an empty list means: to whoever sees one team alone, that others did nothing is not told. */
  about: string;
  whenEmpty: (team: string | null) => string;
  path: string;
  asked: Asked;
  question: Omit<AuditQuestion, 'from' | 'to' | 'team'>;
  /** The person's own report. */
  reportOf?: string | null;
  /** Narrows the list further. */
  choice?: { name: string; label: string; items: { value: string; text: string; selected: boolean }[] };
  /** What has to stand in the address besides the period. */
  query?: Record<string, string>;
}

/** Lines of a page, and the entries read for it: one line may hold all that were listed at once. */
const [A_PAGE, READ] = [50, 500];
const USUAL_DAYS = 30;

/** Lists of entries as pages and as files. */
@Injectable()
export class ListEntries {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  /** @param query the address's: `from`, `to` and `after`, a place in the list */
  async page(asker: Asker, listing: Listing, query: Record<string, unknown>): Promise<string> {
    const period = periodAsked(query, Date.now(), USUAL_DAYS);
    const question = this.within(asker, listing, period);
    const look = { limit: READ, after: placeIn(query.after) };
    const rows = await this.audit.look(
      asker,
      onRecord(listing, question),
      (sight) => askAudit(sight, question, look),
      (found) => found.length > 0,
    );
    const log = await this.audit.foundInLog();
    const { lines, more } = pageOf(rows, { lines: A_PAGE, cut: rows.length === READ });
    const query_ = { ...listing.query, ...Object.fromEntries(new URLSearchParams(periodQuery(period))) };
    const { section, title } = listing;
    return renderAudit(
      this.pages,
      asker,
      'entries.njk',
      { section, title, problem: period.problem !== null },
      {
        reportOf: null,
        choice: null,
        ...listing,
        whenEmpty: listing.whenEmpty(teamSeenBy(asker.reader)),
        period,
        entries: lines.map((line) => lineShown(line, this.authority, log)),
        periodPart: new URLSearchParams(query_).toString(),
        older: more ? new URLSearchParams({ ...query_, after: placeOf(lines.at(-1)!.at(-1)!) }).toString() : null,
        newest: look.after === null,
        log,
      },
    );
  }

  async file(asker: Asker, listing: Listing, query: Record<string, unknown>, reply: FastifyReply): Promise<void> {
    const question = this.within(asker, listing, periodAsked(query, Date.now(), USUAL_DAYS));
    const asked = { ...onRecord(listing, question), action: 'exported' } as const;
    await this.audit.look(
      asker,
      asked,
      (sight) => askAudit(sight, question, { limit: 1 }),
      (found) => found.length > 0,
    );
    const log = await this.audit.foundInLog();
    sendFile(reply, entryLines(this.all(question, log), log), { name: 'audit.csv', type: 'text/csv; charset=utf-8' });
  }

  private async *all(question: AuditQuestion, log: FoundInLog): AsyncGenerator<ShownEntry> {
    for await (const row of askAuditForAll((work) => this.audit.read(work), question)) yield entryShown(row, this.authority, log);
  }

  /** Narrowed to the team of whoever may see no other. */
  private within({ reader }: Asker, { question }: Listing, { from, to }: { from: number; to: number }): AuditQuestion {
    const team = teamSeenBy(reader);
    return { ...question, from, to, ...(team !== null && { team }) };
  }
}

function onRecord({ asked }: Listing, { from, to, team }: AuditQuestion): Asked {
  return { ...asked, about: { ...asked.about, from, to, ...(team !== undefined && { team }) } };
}
