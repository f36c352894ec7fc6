import { Body, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { rowsConfirmed } from './confirm-form.js';
import { fileShown, problemShown } from './file-words.js';
import { FileRefused, IngestDoor } from './ingest-door.js';
import { OwnSources } from './own-sources.js';
import type { ToldFile } from './told-file.js';

const SHOWN_AT_MOST = 200;

/** One file: what it would do, everything wrong in it, the form that confirms or approves it, and then its receipt. */
@PageController()
export class FilePage {
  constructor(
    private readonly own: OwnSources,
    private readonly ingest: IngestDoor,
    private readonly pages: Pages,
  ) {}

  @Get('/sources/:source/files/:file')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Param('source') source: string, @Param('file') file: string): Promise<string> {
    await this.own.one(asker, source, 'file');
    return this.page(asker, source, await this.find(asker, source, file), {}, []);
  }

  @Get('/sources/:source/files/:file/problems')
  async problems(
    @CurrentAsker() asker: Asker,
    @Param('source') source: string,
    @Param('file') file: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    await this.own.one(asker, source, 'problems of a file');
    const text = await found(() => this.ingest.problems(asker.reader, source, fileId(file)));
    reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="problems.csv"');
    return text;
  }

  @Post('/sources/:source/files/:file/confirmation')
  @AsPage()
  async confirm(
    @CurrentAsker() asker: Asker,
    @Param('source') source: string,
    @Param('file') file: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.own.ofFiles(asker, source);
    const told = await this.find(asker, source, file);
    const problems: Problem[] = [];
    const rows = rowsConfirmed(typed, told, problems);
    if (problems.length > 0) return this.again(asker, source, told, typed, problems, reply);
    const act = () => this.ingest.confirm(asker.reader, source, told.id, rows);
    return this.done(asker, source, told, typed, reply, 'confirmed', act);
  }

  @Post('/sources/:source/files/:file/approval')
  @AsPage()
  async approve(
    @CurrentAsker() asker: Asker,
    @Param('source') source: string,
    @Param('file') file: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.own.ofFiles(asker, source);
    const told = await this.find(asker, source, file);
    if (textIn(typed, 'looked') !== 'yes')
      return this.again(
        asker,
        source,
        told,
        typed,
        [{ field: 'looked', message: 'Confirm that you have looked at what would disappear' }],
        reply,
      );
    const act = () => this.ingest.approve(asker.reader, source, told.id);
    return this.done(asker, source, told, typed, reply, 'approved', act);
  }

  private async done(
    asker: Asker,
    source: string,
    told: ToldFile,
    typed: Typed,
    reply: FastifyReply,
    what: 'confirmed' | 'approved',
    act: () => Promise<void>,
  ): Promise<string | undefined> {
    try {
      await this.own.handle(asker, { act: what, source, table: told.table, file: told.id }, act);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      const field = what === 'confirmed' ? 'confirmed' : 'looked';
      return this.again(asker, source, told, typed, [{ field, message: `${error.title} ${error.detail}` }], reply);
    }
    reply.redirect(`/sources/${source}/files/${told.id}`, 303);
    return undefined;
  }

  private async again(
    asker: Asker,
    source: string,
    told: ToldFile,
    typed: Typed,
    problems: Problem[],
    reply: FastifyReply,
  ): Promise<string> {
    const page = await this.page(asker, source, told, typed, problems);
    reply.status(400);
    return page;
  }

  private find = (asker: Asker, source: string, id: string): Promise<ToldFile> =>
    found(() => this.ingest.file(asker.reader, source, fileId(id)));

  private async page(asker: Asker, source: string, told: ToldFile, typed: Typed, problems: readonly Problem[]): Promise<string> {
    const { tables } = await this.ingest.files(asker.reader, source);
    const file = fileShown(told, tables);
    const me = `reader:${encodeURIComponent(asker.reader.id)}`;
    return this.pages.render(
      'sources/file.njk',
      {
        title: 'A file',
        reader: asker.reader,
        place: 'sources',
        back: { text: 'Files', href: `/sources/${source}/files` },
        problem: problems.length > 0,
      },
      {
        source: { id: source },
        file,
        listed: told.problems.slice(0, SHOWN_AT_MOST).map(problemShown),
        mayHandle: this.own.mayHandle(asker.reader),
        mayApprove: told.received.from !== me && told.confirmedBy !== me,
        typed: { confirmed: textIn(typed, 'confirmed') },
        ...shownProblems(problems),
      },
    );
  }
}

/** What can't be an id is nobody's. */
function fileId(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new NotFoundException();
  return id;
}

async function found<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof FileRefused && error.status === 404 ? new NotFoundException() : error;
  }
}
