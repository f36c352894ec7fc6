import { HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { Ask } from '../ask.js';
import { ofOwnTeam } from '../audit-pages/look-into-audit.js';
import { Gate } from '../gate.js';
import { PageController } from '../layout/page-controller.js';
import type { DataClass } from '../policy/policy.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { type Paper, PAPERS } from '../view-person/print-looks.js';
import { RecordPrint } from './record-print.query.js';

/** Pages that show somebody’s data and are not about one person, each with what a reader has to have a right to. */
const OTHERS = {
  results: 'search',
  caseload: 'search',
  'two-records': 'matching',
  problems: 'data-quality',
  audit: 'audit',
} as const satisfies Record<string, DataClass>;

/** Paper that a browser made by itself. Of a person it is said under their own address, so that a restricted record stays open. */
@PageController()
export class PrintedPage {
  constructor(
    private readonly asking: Ask,
    private readonly gate: Gate,
  ) {}

  @Post('/people/:person/printed/:page')
  @HttpCode(204)
  async person(@OfPerson() { asker, address, way }: AskedOfPerson, @Param('page') page: string): Promise<void> {
    if (!isPaper(page)) throw new NotFoundException();
    await this.asking.ask(asker, new RecordPrint(address.person, page, way));
  }

  @Post('/printed/:page')
  @HttpCode(204)
  async other(@CurrentAsker() asker: Asker, @Param('page') page: string): Promise<void> {
    if (!Object.hasOwn(OTHERS, page)) throw new NotFoundException();
    const what = { action: 'printed', shown: { page, by: 'browser' } } as const;
    await this.gate.pass(asker, OTHERS[page as keyof typeof OTHERS], what, ofOwnTeam(asker.reader));
    await this.gate.record(asker, what, 'done');
  }
}

const isPaper = (page: string): page is Paper => (PAPERS as readonly string[]).includes(page);
