import { Body, Get, Inject, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askAudit, type AuditSight } from '#lib/audit';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, reasonIn, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { personIdIn } from '../view-person/person-id.js';
import { entryShown } from './entry-shown.js';
import { personWords } from './entry-words.js';
import { LookIntoAudit } from './look-into-audit.js';
import { type RaisedAlert, RaisedAlerts } from './raised-alerts.js';
import { renderAudit } from './render-audit.js';

const ENTRIES = 100;
const SEEN = 'alerts/seen';
const MINUTE = 60_000;
/** A restricted record closes when it is left, at the latest with the session. */
const FOLLOWING = 10 * 60 * MINUTE;

/** One restricted record that was opened: by whom, why, what was seen of it, and whether an officer has looked into that. */
@PageController()
export class AlertPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly alerts: RaisedAlerts,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/audit/alerts/:alert')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Param('alert') id: string): Promise<string> {
    return this.page(asker, id, undefined, []);
  }

  @Post('/audit/alerts/:alert')
  @AsPage()
  async seen(
    @CurrentAsker() asker: Asker,
    @Param('alert') id: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const problems: Problem[] = [];
    const reason = reasonIn(typed, problems);
    if (problems.length > 0) {
      const page = await this.page(asker, id, typed, problems);
      reply.status(400);
      return page;
    }
    const { alert } = await this.find(asker, id);
    await this.audit.act(asker, { verb: SEEN, reason, about: { alert: alert.id } }, () => this.alerts.seen(alert.id, asker.reader.id));
    reply.redirect(`/audit/alerts/${alert.id}`, 303);
    return undefined;
  }

  private async find(asker: Asker, given: string) {
    const id = personIdIn(given);
    const found = await this.audit.look(
      asker,
      { page: 'alert', whole: true, about: { alert: id } },
      async (sight) => {
        const alert = id === null ? undefined : await this.alerts.find(id);
        if (alert === undefined) return undefined;
        const { reader, person, raisedAt } = alert;
        const question = { reader, from: raisedAt - MINUTE, to: raisedAt + FOLLOWING, about: { persons: [person], subjects: [] } };
        return { alert, entries: await askAudit(sight, question, { limit: ENTRIES }), found: await whatWasFound(sight, alert) };
      },
      (found) => found !== undefined,
    );
    if (found === undefined) throw new NotFoundException();
    return found;
  }

  private async page(asker: Asker, id: string, typed: Typed, problems: readonly Problem[]): Promise<string> {
    const { alert, entries, found } = await this.find(asker, id);
    const log = await this.audit.foundInLog();
    const facts = { title: 'A restricted record was opened', section: 'ask', problem: problems.length > 0 } as const;
    return renderAudit(this.pages, asker, 'alert.njk', facts, {
      alert: { ...alert, words: personWords(alert.person) },
      entries: entries.map((row) => entryShown(row, this.authority, log)),
      atMost: ENTRIES,
      found,
      log,
      reason: textIn(typed, 'reason'),
      ...shownProblems(problems),
    });
  }
}

/** What the officer wrote who looked into it first; null: nobody has, or it is not on record. */
async function whatWasFound(sight: AuditSight, { id, seenBy, seenAt }: RaisedAlert): Promise<string | null> {
  if (seenBy === null || seenAt === null) return null;
  const around = { reader: seenBy, from: seenAt - MINUTE, to: seenAt + MINUTE, actions: ['operated'] as const };
  const acts = await askAudit(sight, around, { limit: ENTRIES });
  return acts.findLast(({ shown }) => shown?.verb === SEEN && shown.alert === id)?.reason ?? null;
}
