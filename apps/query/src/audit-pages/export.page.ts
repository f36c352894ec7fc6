import { Body, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AuditReader, exportLines } from '#lib/audit';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, reasonIn, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { LookIntoAudit } from './look-into-audit.js';
import { renderAudit } from './render-audit.js';
import { readSeal, type SealShown } from './seal-state.js';
import { sendFile } from './send-file.js';

/** The whole log as a file that proves itself: its checkpoints carry the sealer's signature, which this process could not give. */
@PageController()
export class ExportPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly reader: AuditReader,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/audit/export')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    await this.audit.allow(asker, { page: 'export', whole: true });
    return this.form(asker, undefined, [], await readSeal(this.audit));
  }

  @Post('/audit/export')
  @HttpCode(200)
  @AsPage()
  async file(@CurrentAsker() asker: Asker, @Body() typed: Typed, @Res() reply: FastifyReply): Promise<void> {
    const problems: Problem[] = [];
    const reason = reasonIn(typed, problems);
    const asked = { page: 'export', whole: true, reason, action: 'exported', about: { format: 'jsonl' } } as const;
    if (problems.length > 0) {
      await this.audit.allow(asker, asked);
      void reply.status(400).send(this.form(asker, typed, problems, await readSeal(this.audit)));
      return;
    }
    await this.audit.open(asker, asked);
    const lines = exportLines(this.reader.log(), { origin: this.authority.name, exportedAt: Date.now() });
    sendFile(reply, withEnds(lines), { name: 'audit.jsonl', type: 'application/octet-stream' });
  }

  private form(asker: Asker, typed: Typed, problems: readonly Problem[], seal: SealShown): string {
    const facts = { title: 'Export the audit log', section: 'export', problem: problems.length > 0 } as const;
    return renderAudit(this.pages, asker, 'export.njk', facts, { seal, reason: textIn(typed, 'reason'), ...shownProblems(problems) });
  }
}

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
