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
import type { FoundInLog } from './found-in-log.js';
import { REPORT_NOTES } from './log-words.js';
import { LookIntoAudit } from './look-into-audit.js';
import { periodAsked, periodQuery, type ShownPeriod } from './period.js';
import { type Level, LEVELS, reportLine, type ReportLine } from './report-line.js';
import { renderAudit } from './render-audit.js';
import { sendFile } from './send-file.js';

const USUAL_DAYS = 365;
const HEADINGS = ['When', 'Who', 'What', 'Why', 'About', 'As it was recorded?'];

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
    const { lines, log } = await this.lines(asker, { person, level, period, action: 'read-audit' });
    const facts = { title: 'Who looked: a person’s own report', section: 'ask', problem: period.problem !== null } as const;
    return renderAudit(this.pages, asker, 'report.njk', facts, {
      lines,
      level,
      levels: Object.entries(LEVELS).map(([code, words]) => ({ code, words, href: `/audit/people/${person}/report/${code}` })),
      person,
      about: personWords(person),
      period,
      periodPart: periodQuery(period),
      doubt: REPORT_NOTES[log.is],
      wasFound: log.wasFound,
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
    const { lines, log } = await this.lines(asker, {
      person,
      level,
      period: periodAsked(query, Date.now(), USUAL_DAYS),
      action: 'exported',
    });
    sendFile(reply, csvLines(HEADINGS, cellsOf(lines, { about: personWords(person), log })), {
      name: 'who-looked.csv',
      type: 'text/csv; charset=utf-8',
    });
  }

  private async lines(
    asker: Asker,
    { person: id, level, period, action }: { person: string; level: string; period: ShownPeriod; action: 'read-audit' | 'exported' },
  ): Promise<{ lines: ReportLine[]; log: FoundInLog }> {
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
    const log = await this.audit.foundInLog();
    return { lines: rows.map((row) => reportLine(row, level as Level, log)), log };
  }
}

async function allOf(rows: AsyncIterable<AuditRow>): Promise<AuditRow[]> {
  const all: AuditRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

async function* cellsOf(lines: readonly ReportLine[], o: { about: string; log: FoundInLog }): AsyncGenerator<unknown[]> {
  const doubt = REPORT_NOTES[o.log.is];
  // A line of its own, before the first: a look that is missing has none to be marked.
  if (doubt !== null) yield ['', '', doubt, '', o.about, ''];
  for (const { at, who, what, why, asRecorded } of lines) yield [instantWords(at), who, what, why, o.about, asRecorded];
}
