import { BadRequestException, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { fileShown } from './file-words.js';
import { FileRefused, IngestDoor } from './ingest-door.js';
import { OwnSources } from './own-sources.js';
import { fileIn, type Upload, uploadIn } from './upload-form.js';

const FIELDS = ['table', 'rows', 'what', 'day', 'month', 'year', 'hour', 'minute'];

/** The files of a source: what came of each, and the form that sends another. */
@PageController()
export class FilesPage {
  constructor(
    private readonly own: OwnSources,
    private readonly ingest: IngestDoor,
    private readonly pages: Pages,
  ) {}

  @Get('/sources/:source/files')
  @AsPage()
  async list(@CurrentAsker() asker: Asker, @Param('source') id: string): Promise<string> {
    const source = await this.own.one(asker, id, 'files');
    const { files, tables } = await this.ingest.files(asker.reader, source.id);
    const back = { text: source.name, href: `/sources/${source.id}` };
    return this.pages.render(
      'sources/files.njk',
      { title: `Files of ${source.name}`, reader: asker.reader, place: 'sources', back },
      {
        source,
        files: files.map((file) => fileShown(file, tables)),
        maySend: tables.length > 0 && this.own.mayHandle(asker.reader),
        tables,
      },
    );
  }

  @Get('/sources/:source/files/new')
  @AsPage()
  async form(@CurrentAsker() asker: Asker, @Param('source') id: string): Promise<string> {
    await this.own.ofFiles(asker, id);
    return this.formWith(asker, id, {}, []);
  }

  /** On record first, then passed on to ingest as it comes. */
  @Post('/sources/:source/files')
  @AsPage()
  async send(
    @CurrentAsker() asker: Asker,
    @Param('source') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const source = await this.own.ofFiles(asker, id);
    const upload = await uploadIn(request);
    const problems: Problem[] = [];
    const file = fileIn(upload, problems);
    if (problems.length > 0) return this.again(asker, id, upload, problems, reply);
    const onRecord = { act: file.checkOnly ? ('checked' as const) : ('sent' as const), source: source.id };
    try {
      const taken = await this.own.handle(asker, onRecord, () => this.ingest.send(asker.reader, source.id, file, upload.content!));
      reply.redirect(`/sources/${source.id}/files/${taken.id}`, 303);
      return undefined;
    } catch (error) {
      // What broke off was the browser's request, not ours.
      if (upload.content!.errored) throw new BadRequestException();
      if (!(error instanceof FileRefused)) throw error;
      return this.again(asker, id, upload, [{ field: 'file', message: `${error.title} ${error.detail}` }], reply);
    }
  }

  /** What is left of the file is not wanted, but has to be read before the browser takes an answer. */
  private async again(asker: Asker, id: string, { typed, content }: Upload, problems: Problem[], reply: FastifyReply): Promise<string> {
    content?.resume();
    const page = await this.formWith(asker, id, typed, problems);
    reply.status(400);
    return page;
  }

  private async formWith(asker: Asker, id: string, typed: Typed, problems: readonly Problem[]): Promise<string> {
    const { tables } = await this.ingest.files(asker.reader, id);
    if (tables.length === 0) throw new NotFoundException();
    return this.pages.render(
      'sources/new-file.njk',
      {
        title: 'Send a file',
        reader: asker.reader,
        place: 'sources',
        back: { text: 'Files', href: `/sources/${id}/files` },
        problem: problems.length > 0,
      },
      {
        source: { id },
        tables,
        typed: Object.fromEntries(FIELDS.map((field) => [field, textIn(typed, field)])),
        ...shownProblems(problems),
      },
    );
  }
}
