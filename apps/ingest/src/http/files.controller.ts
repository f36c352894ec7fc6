import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { FILE_REFUSALS, FileRefusedError } from '../csv/file-refused.js';
import { Files, type Proof } from '../csv/files.js';
import { ReceivedFiles } from '../csv/received-files.js';
import { SourcesInUse } from '../sources/sources-in-use.js';
import { type FromSender, callerIn } from './door.js';
import { fileAnswer, problemsAsCsv, tablesOf } from './file-answer.js';
import { DocumentedFiles } from './files-open-api.js';
import { RequestProblem } from './request-problem.js';
import { sourceInAddress } from './source-in-address.js';

const Sent = z.strictObject({
  table: z.string(),
  exportedAt: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  rows: z.enum(['all', 'changes']),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  checkOnly: z
    .enum(['true', 'false'])
    .transform((said) => said === 'true')
    .optional(),
});
const AnyProof = z.union([z.strictObject({ rows: z.int().min(0) }), z.strictObject({ sha256: z.string().regex(/^[0-9a-fA-F]{64}$/) })]);

/** The door for files: sent and compared, confirmed, approved by a second person where much would go. */
@Controller('v1/sources/:source/files')
export class FilesController {
  constructor(
    private readonly files: Files,
    private readonly received: ReceivedFiles,
    private readonly sources: SourcesInUse,
  ) {}

  @Post()
  @HttpCode(201)
  @DocumentedFiles.send()
  async send(@Param('source') name: string, @Query() query: unknown, @Body() body: unknown, @Req() request: FromSender) {
    const source = sourceInAddress(this.sources, name);
    const sent = Sent.safeParse(query);
    if (!sent.success) throw new RequestProblem(400, 'file-address', 'The address does not say what the file is.', SENT_AS);
    if (!isStream(body))
      throw new RequestProblem(415, 'not-csv', 'The body is not sent as CSV.', 'Send Content-Type: text/csv, not compressed.');
    const { rows, ...about } = sent.data;
    return answered(async () =>
      fileAnswer(await this.files.receive(source, { ...about, complete: rows === 'all', from: callerIn(request).client }, body)),
    );
  }

  @Get()
  @DocumentedFiles.list()
  async list(@Param('source') name: string) {
    const source = sourceInAddress(this.sources, name);
    return { tables: tablesOf(source), files: (await this.received.list(source.name)).map(fileAnswer) };
  }

  @Get(':id')
  @DocumentedFiles.one()
  async one(@Param('source') name: string, @Param('id') id: string) {
    return answered(async () => fileAnswer(await this.files.find(sourceInAddress(this.sources, name), known(id))));
  }

  @Get(':id/problems.csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @DocumentedFiles.problems()
  async problems(@Param('source') name: string, @Param('id') id: string) {
    return answered(async () => problemsAsCsv(await this.files.find(sourceInAddress(this.sources, name), known(id))));
  }

  @Post(':id/confirmation')
  @HttpCode(200)
  @DocumentedFiles.confirm()
  async confirm(@Param('source') name: string, @Param('id') id: string, @Body() body: unknown, @Req() request: FromSender) {
    const source = sourceInAddress(this.sources, name);
    const proof = proofIn(body);
    return answered(async () => fileAnswer(await this.files.confirm(source, known(id), proof, callerIn(request).client)));
  }

  @Post(':id/approval')
  @HttpCode(200)
  @DocumentedFiles.approve()
  async approve(@Param('source') name: string, @Param('id') id: string, @Req() request: FromSender) {
    const source = sourceInAddress(this.sources, name);
    return answered(async () => fileAnswer(await this.files.approve(source, known(id), callerIn(request).client)));
  }
}

const SENT_AS = 'Send ?table=…&exportedAt=2026-11-20T05:00:00Z&rows=all (or changes), and &sha256=… where you know it.';

function proofIn(body: unknown): Proof {
  const proof = AnyProof.safeParse(body instanceof Uint8Array ? jsonIn(body) : undefined);
  if (proof.success) return proof.data;
  throw new RequestProblem(
    400,
    'no-proof',
    'Nothing shows that the file is whole.',
    'Send {"rows": …} (without the header) or {"sha256": "…"}, as the source knows it.',
  );
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** An id that could be none is not looked up. */
function known(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new FileRefusedError('no-such-file');
  return id;
}

const isStream = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileRefusedError)) throw error;
    const { code, detail } = error;
    const [status, title] = FILE_REFUSALS[code];
    throw new RequestProblem(status, code, title, detail);
  }
}
