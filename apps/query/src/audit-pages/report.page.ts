import { Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askAuditForAll, type AuditRow } from '#lib/audit';
import { Ask } from '../ask.js';
import { instantWords } from '../day-words.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { personIdIn } from '../view-person/person-id.js';
import { csvLines } from './entry-csv.js';
import { personWords } from './entry-words.js';
import { FindPerson } from './find-person.query.js';
import { LookIntoAudit } from './look-into-audit.js';
import { periodAsked, periodQuery, type ShownPeriod } from './period.js';
import { type Level, LEVELS, reportLine, type ReportLine } from './report-line.js';
import { renderAudit } from './render-audit.js';
import { sendFile } from './send-file.js';

const USUAL_DAYS = 365;
const HEADINGS = ['When', 'Who', 'What', 'Why', 'About'];

/** What a person who asks is told: who looked at them, when and why, in one of two levels of redaction. */
@PageController()
export class ReportPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly asking: Ask,
    private readonly pages: Pages,
  ) {}

  @Get('/audit/people/:person/report/:level')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('level') level: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    const period = periodAsked(query, Date.now(), USUAL_DAYS);
    const lines = await this.lines(asker, { person, level, period, action: 'read-audit' });
    const facts = { title: 'Who looked: a person’s own report', section: 'ask', problem: period.problem !== null } as const;
    return renderAudit(this.pages, asker, 'report.njk', facts, {
      lines,
      level,
      levels: Object.entries(LEVELS).map(([code, words]) => ({ code, words, href: `/audit/people/${person}/report/${code}` })),
      person,
      about: personWords(person),
      period,
      periodPart: periodQuery(period),
      madeAt: Date.now(),
    });
  }

  @Get('/audit/people/:person/report/:level/csv')
  async file(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('level') level: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lines = await this.lines(asker, { person, level, period: periodAsked(query, Date.now(), USUAL_DAYS), action: 'exported' });
    sendFile(reply, csvLines(HEADINGS, cellsOf(lines, personWords(person))), { name: 'who-looked.csv', type: 'text/csv; charset=utf-8' });
  }

  private async lines(
    asker: Asker,
    { person: id, level, period, action }: { person: string; level: string; period: ShownPeriod; action: 'read-audit' | 'exported' },
  ): Promise<ReportLine[]> {
    const person = personIdIn(id);
    await this.audit.allow(asker, { page: 'report', whole: true, action });
    if (person === null || !Object.hasOwn(LEVELS, level)) throw new NotFoundException();
    const about = (await this.asking.ask(asker, new FindPerson({ person }))).result;
    const { from, to } = period;
    const asked = { page: 'report', whole: true, action, person, about: { level, from, to } } as const;
    const rows = await this.audit.look(
      asker,
      asked,
      (sight) => allOf(askAuditForAll((work) => work(sight), { from, to, about })),
      (found) => found.length > 0,
    );
    return rows.map((row) => reportLine(row, level as Level));
  }
}

async function allOf(rows: AsyncIterable<AuditRow>): Promise<AuditRow[]> {
  const all: AuditRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

async function* cellsOf(lines: readonly ReportLine[], about: string): AsyncGenerator<unknown[]> {
  for (const { at, who, what, why } of lines) yield [instantWords(at), who, what, why, about];
}
