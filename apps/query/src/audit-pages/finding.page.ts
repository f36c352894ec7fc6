import { Body, Get, Inject, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { decideFinding, findingOf, looksOfFinding, VERDICTS } from '#lib/audit';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, reasonIn, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { personIdIn } from '../view-person/person-id.js';
import { entryShown } from './entry-shown.js';
import { findingLine, listedOfFinding, STATE_WORDS } from './finding-words.js';
import { LookIntoAudit } from './look-into-audit.js';
import { renderAudit } from './render-audit.js';

const ENTRIES = 100;
const BACK = { text: 'Unusual use', href: '/audit/unusual' };

/** One finding: why, the looks it is about, and what is decided. */
@PageController()
export class FindingPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/audit/unusual/:finding')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Param('finding') id: string): Promise<string> {
    return this.page(asker, id, undefined, []);
  }

  @Post('/audit/unusual/:finding')
  @AsPage()
  async decide(
    @CurrentAsker() asker: Asker,
    @Param('finding') id: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const problems: Problem[] = [];
    const verdict = VERDICTS.find((name) => name === textIn(typed, 'verdict'));
    if (verdict === undefined) problems.push({ field: 'verdict', message: 'Choose justified or upheld' });
    const reason = reasonIn(typed, problems);
    if (verdict === undefined || problems.length > 0) {
      const page = await this.page(asker, id, typed, problems);
      reply.status(400);
      return page;
    }
    const finding = await this.find(asker, id);
    const decision = { verdict, reason, decidedBy: asker.reader.id, decidedAt: Date.now() };
    await this.audit.act(asker, { verb: 'unusual/decide', reason, about: { finding: finding.id, rule: finding.rule, verdict } }, () =>
      this.audit.review((sight) => decideFinding(sight, finding.id, decision)),
    );
    reply.redirect(`/audit/unusual/${finding.id}`, 303);
    return undefined;
  }

  private async find(asker: Asker, id: string) {
    const finding = personIdIn(id);
    const found = await this.audit.look(
      asker,
      { page: 'finding', whole: true, about: { finding } },
      async (sight) => {
        const found = finding === null ? undefined : await findingOf(sight, finding);
        if (found === undefined) return undefined;
        return { ...found, counted: await looksOfFinding(sight, found, this.authority.unusualUse, ENTRIES) };
      },
      (found) => found !== undefined,
    );
    if (found === undefined) throw new NotFoundException();
    return found;
  }

  private async page(asker: Asker, id: string, typed: Typed, problems: readonly Problem[]): Promise<string> {
    const { counted, ...finding } = await this.find(asker, id);
    const log = await this.audit.foundInLog();
    const facts = { title: 'A finding', section: 'unusual', back: BACK, problem: problems.length > 0 } as const;
    return renderAudit(this.pages, asker, 'finding.njk', facts, {
      finding: findingLine(finding, this.authority.unusualUse),
      history: finding.history.map((decision) => ({ ...decision, words: STATE_WORDS[decision.verdict] })),
      entries: counted.looks.map((row) => entryShown(row, this.authority, log)),
      listed: listedOfFinding(counted),
      log,
      typed: { verdict: textIn(typed, 'verdict'), reason: textIn(typed, 'reason') },
      ...shownProblems(problems),
    });
  }
}
