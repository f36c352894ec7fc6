import { Body, Get, HttpCode, Inject, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { auditEntry, type AuditRow, openTerms } from '#lib/audit';
import { type Authority, databaseName, type Journey } from '../authority.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, reasonIn, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import { factsOf } from '../policy/facts-of.js';
import { decide } from '../policy/policy.js';
import { NONE_YET, type Purpose } from '../policy/purpose.js';
import { AUDIT_TERMS_KEY, AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { personIdIn } from '../view-person/person-id.js';
import { entryShown } from './entry-shown.js';
import type { FoundInLog } from './found-in-log.js';
import { LookIntoAudit, teamSeenBy } from './look-into-audit.js';
import { renderAudit } from './render-audit.js';

interface Kept {
  row: AuditRow;
  terms: Buffer | null;
  log: FoundInLog;
}

/** One entry with everything it says; what was typed opens for a reason alone. */
@PageController()
export class EntryPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly gate: Gate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
    @Inject(AUDIT_TERMS_KEY) private readonly termsKey: Buffer,
  ) {}

  @Get('/audit/entries/:entry')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Param('entry') id: string): Promise<string> {
    return this.page(asker, await this.find(asker, id), {});
  }

  /** Shown in the answer to the form and nowhere else: no address leads to it. */
  @Post('/audit/entries/:entry/terms')
  @HttpCode(200)
  @AsPage()
  async open(
    @CurrentAsker() asker: Asker,
    @Param('entry') id: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const problems: Problem[] = [];
    const reason = reasonIn(typed, problems);
    const onRecord = { action: 'read-audit', reason, shown: { page: 'audit/terms', entry: personIdIn(id) } } as const;
    const purpose: Purpose = { why: 'other', words: reason, reference: NONE_YET };
    if (problems.length > 0) {
      const page = this.page(asker, await this.find(asker, id), { typed, problems });
      reply.status(400);
      return page;
    }
    await this.gate.pass(asker, 'audit-terms', onRecord, { purpose });
    const kept = await this.find(asker, id);
    if (kept.terms === null) throw new NotFoundException();
    const opened = openTerms(this.termsKey, kept.terms, kept.row.id);
    await this.gate.record(asker, onRecord, 'done');
    return this.page(asker, kept, { opened });
  }

  private async find(asker: Asker, id: string): Promise<Kept> {
    const entry = personIdIn(id);
    const team = teamSeenBy(asker.reader);
    const kept = await this.audit.look(
      asker,
      { page: 'entry', about: { entry } },
      async (sight) => {
        const found = entry === null ? undefined : await auditEntry(sight, entry);
        return found !== undefined && (team === null || found.row.team === team) ? found : undefined;
      },
      (found) => found !== undefined,
    );
    if (kept === undefined) throw new NotFoundException();
    return { ...kept, log: await this.audit.foundInLog() };
  }

  private page(
    asker: Asker,
    { row, log }: Kept,
    { typed, problems = [], opened }: { typed?: Typed; problems?: readonly Problem[]; opened?: Record<string, string> },
  ): string {
    const facts = { title: 'One entry of the audit log', section: 'ask', problem: problems.length > 0 } as const;
    return renderAudit(this.pages, asker, 'entry.njk', facts, {
      entry: entryShown(row, this.authority, log),
      log,
      lookedBy: row.reader,
      opens: row.typed && opened === undefined && decide(factsOf(asker.reader, 'audit-terms')).outcome !== 'deny',
      opened: opened
        ? Object.entries(opened).map(([name, value]) => ({ label: TERMS[name] ?? name, value: this.termWords(name, value) }))
        : null,
      reason: textIn(typed, 'reason'),
      ...shownProblems(problems),
    });
  }

  private termWords(name: string, value: string): string {
    if (name === 'journey') return JOURNEYS[value] ?? value;
    return name === 'source' || name === 'otherSource' ? databaseName(this.authority, value) : value;
  }
}

const JOURNEYS: Record<string, string> = { 'search-any': 'Any individual', 'child-first': 'A child first' } satisfies Record<
  Journey,
  string
>;
const TERMS: Record<string, string> = {
  journey: 'Which search',
  otherRecordId: 'The other ID',
  otherSource: 'In which database',
  words: 'Reason in the reader’s own words',
  caseId: 'Case ID',
  recordId: 'ID in a database',
  source: 'Which database',
  familyName: 'Family name',
  givenName: 'First name',
  dateOfBirth: 'Date of birth',
  year: 'Year of birth',
  postcode: 'Postcode',
};
