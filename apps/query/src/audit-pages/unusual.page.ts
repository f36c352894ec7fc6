import { Body, Get, Inject, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  type FindingVerdict,
  listFindings,
  onChangedEntries,
  openFindings,
  ruleWords,
  type UnusualFinding,
  type UnusualRule,
  VERDICTS,
} from '#lib/audit';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { textIn, type Typed } from '../ops-pages/typed.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { personIdIn } from '../view-person/person-id.js';
import { findingLine, STATE_WORDS } from './finding-words.js';
import type { FoundInLog } from './found-in-log.js';
import { LookIntoAudit } from './look-into-audit.js';
import { periodAsked, periodQuery } from './period.js';
import { renderAudit } from './render-audit.js';
import { RunRules } from './run-rules.js';

const A_PAGE = 50;
const USUAL_DAYS = 30;
const STATES = ['open', ...VERDICTS, 'any'] as const;
type State = 'open' | FindingVerdict | 'any';

/** What the rules found, and what is still to be looked at. */
@PageController()
export class UnusualPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly rules: RunRules,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/audit/unusual')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Query() query: Record<string, unknown>): Promise<string> {
    const period = periodAsked(query, Date.now(), USUAL_DAYS);
    const state: State = STATES.find((name) => name === query.state) ?? 'open';
    const { from, to } = period;
    const { findings, open } = await this.audit.look(
      asker,
      { page: 'unusual', whole: true, about: { from, to, state } },
      async (sight) => ({
        findings: await listFindings(sight, period, { state, limit: A_PAGE + 1, after: placeIn(query.after) }),
        open: await openFindings(sight),
      }),
      ({ findings }) => findings.length > 0,
    );
    const shown = findings.slice(0, A_PAGE);
    const log = await this.audit.foundInLog();
    const changed = await this.onChanged(shown, log);
    const last = shown.at(-1);
    const inAddress = { state, from: period.fromDay, to: period.toDay };
    const facts = { title: 'Unusual use', section: 'unusual', problem: period.problem !== null } as const;
    return renderAudit(this.pages, asker, 'unusual.njk', facts, {
      period,
      open,
      states: STATES.map((value) => ({ value, text: STATE_WORDS[value], selected: value === state })),
      findings: shown.map((finding) => ({ ...findingLine(finding, this.authority.unusualUse), changed: changed.has(finding.id) })),
      log,
      older: findings.length > A_PAGE ? new URLSearchParams({ ...inAddress, after: `${last!.lastAt}.${last!.id}` }).toString() : null,
      found: countIn(query.found),
      unnamed: countIn(query.unnamed) ?? 0,
      rules: this.described(),
    });
  }

  /** Which of them may rest on what was changed: asked where anything was. */
  private async onChanged(findings: readonly UnusualFinding[], log: FoundInLog): Promise<ReadonlySet<string>> {
    if (!log.wasFound) return new Set();
    return this.audit.read((sight) =>
      onChangedEntries(
        sight,
        findings.map(({ id }) => id),
      ),
    );
  }

  /** Runs the rules over a period; what was found before stays as it is. */
  @Post('/audit/unusual')
  async run(@CurrentAsker() asker: Asker, @Body() typed: Typed, @Res() reply: FastifyReply): Promise<void> {
    const period = periodAsked({ from: textIn(typed, 'from'), to: textIn(typed, 'to') }, Date.now(), USUAL_DAYS);
    const { added, unnamed } = await this.rules.run(asker, period);
    void reply.redirect(`/audit/unusual?${periodQuery(period)}&found=${added}&unnamed=${unnamed}`, 303);
  }

  private described() {
    const use = this.authority.unusualUse;
    return (Object.keys(use) as UnusualRule[]).map((rule) => ({ ...ruleWords(rule, use), on: use[rule].on }));
  }
}

const countIn = (text: unknown): number | null => (typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : null);

function placeIn(text: unknown): { at: number; id: string } | null {
  const [, at, id = ''] = (typeof text === 'string' && /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text)) || [];
  return at === undefined || personIdIn(id) === null ? null : { at: Number(at), id };
}
