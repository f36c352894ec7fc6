import { Body, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ask } from '../ask.js';
import { caseManagementOf } from '../authority.js';
import { Gate } from '../gate.js';
import { type PurposeForm, purposeFrom } from '../give-reason/purpose-form.js';
import { purposeShown } from '../give-reason/purpose-shown.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { Overrides } from '../policy/overrides.js';
import { checked } from '../search-people/search-terms.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { Alerts } from './alerts.js';
import { FindRestricted } from './find-restricted.query.js';

type RestrictedForm = PurposeForm & { caseId?: unknown };

/** The separate way in to restricted people: by case ID, past a warning, with a reason and an alert. */
@PageController()
export class RestrictedPage {
  constructor(
    private readonly gate: Gate,
    private readonly asking: Ask,
    private readonly alerts: Alerts,
    private readonly overrides: Overrides,
    private readonly pages: Pages,
  ) {}

  @Get('/restricted')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    await this.gate.pass(asker, 'restricted-records', { action: 'overridden' });
    return this.form(asker, {}, null);
  }

  /** On record, then told to officers, and only then open. */
  @Post('/restricted')
  @AsPage()
  async open(
    @CurrentAsker() asker: Asker,
    @Body() typed: RestrictedForm | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.gate.pass(asker, 'restricted-records', { action: 'overridden' });
    const caseId = typeof typed?.caseId === 'string' ? typed.caseId.trim() : '';
    const read = purposeFrom(typed ?? {});
    const wrong = checked({ caseId });
    const problem = 'problems' in wrong ? wrong.problems[0]!.message : null;
    reply.status(400);
    if ('problems' in read || problem !== null) return this.form(asker, typed ?? {}, problem, 'problems' in read ? read.problems : []);
    const { result } = await this.asking.ask(asker, new FindRestricted(caseId, read.purpose));
    if (result === null) return this.form(asker, typed ?? {}, 'No restricted record has this case ID');
    await this.alerts.raise(asker, result.person);
    await this.overrides.begin(asker, result.person, read.purpose);
    reply.redirect(`/people/${result.person}`, 303);
    return undefined;
  }

  private form(
    { reader }: Asker,
    typed: RestrictedForm,
    caseIdProblem: string | null,
    problems: Parameters<typeof purposeShown>[1] = [],
  ): string {
    const shown = purposeShown(typed, problems);
    const errors = [...(caseIdProblem === null ? [] : [{ text: caseIdProblem, href: '#caseId' }]), ...shown.errors];
    const back = { text: 'Back to search', href: '/search' };
    const facts = { title: 'Restricted records', reader, place: 'search', back, problem: errors.length > 0 } as const;
    return this.pages.render('restricted/restricted.njk', facts, {
      ...shown,
      errors,
      caseId: typeof typed.caseId === 'string' ? typed.caseId : '',
      caseIdProblem: caseIdProblem === null ? undefined : { text: caseIdProblem },
      caseManagementSystem: caseManagementOf(this.pages.authority).name,
    });
  }
}
