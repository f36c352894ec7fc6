import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { at, problem } from './open-api.js';

const documented =
  (operationId: string, summary: string, description: string, ...more: MethodDecorator[]) =>
  () =>
    applyDecorators(
      ApiOperation({ operationId, summary, description }),
      ApiBearerAuth(),
      ApiParam({ name: 'source', description: 'The source that speaks; its own token only.' }),
      ApiResponse({ status: 401, ...problem('No valid token.') }),
      ApiResponse({ status: 403, ...problem('The token of another source, or of who may not approve this file.') }),
      ApiResponse({ status: 404, ...problem('No such source, table or file.') }),
      ApiResponse({ status: 503, ...problem('Something behind the door can not be reached: send the same request again.') }),
      ...more,
    );
const file = (status: number, description: string) => ApiResponse({ status, description, schema: at('ReceivedFile') });
const id = ApiParam({ name: 'id', description: 'The file’s id.' });
const refused = ApiResponse({ status: 409, ...problem('The file is not whole, not the newest, or waits for nothing of the kind.') });

/** The pages of the documentation for files, beside the routes they document. */
export const DocumentedFiles = {
  send: documented(
    'sendFile',
    'Send a file and learn what it would do',
    'The whole file is read and compared with what earlier files of the source told: new, changed, ended, and what would disappear. What was published over HTTP or Kafka is not looked at: it counts as new where the file tells it again, and stays as it is where the file does not. Nothing is published until it is confirmed.',
    ApiQuery({ name: 'table', required: true, description: 'The table of the mapping that it is an export of.' }),
    ApiQuery({ name: 'exportedAt', required: true, description: 'When it was exported, with a time zone: the version of all it says.' }),
    ApiQuery({
      name: 'rows',
      required: true,
      enum: ['all', 'changes'],
      description: 'Everything the table knows, or what has changed alone.',
    }),
    ApiQuery({
      name: 'sha256',
      required: false,
      description: 'Of its bytes, as hex: a file that was cut on its way is then refused at once.',
    }),
    ApiQuery({ name: 'checkOnly', required: false, type: Boolean, description: 'Say what it would do, and let go of it.' }),
    ApiBody({ description: 'CSV, in UTF-8, UTF-16 or Windows-1252.', schema: { type: 'string' } }),
    file(201, 'What it would do, and everything wrong in it.'),
    ApiResponse({ status: 400, ...problem('The address does not say what the file is.') }),
    ApiResponse({ status: 413, ...problem('More than 1 GB.') }),
    ApiResponse({ status: 415, ...problem('Not sent as text/csv, or compressed.') }),
    refused,
  ),
  list: documented(
    'listFiles',
    'The files of a source, newest first',
    'With the counts of each; and the tables of which it may send files, with their columns and what is expected in each.',
    ApiResponse({ status: 200, description: 'At most 200.' }),
  ),
  one: documented('file', 'One file, with its problems', 'The first 2,000 problems are told, all are counted.', id, file(200, 'The file.')),
  problems: documented(
    'fileProblems',
    'The problems of a file as CSV',
    'Row, column, rule, what to do.',
    id,
    ApiResponse({ status: 200, description: 'CSV.' }),
  ),
  confirm: documented(
    'confirmFile',
    'Confirm a file, which publishes it',
    'The number of its rows, or its digest, shows that it is whole. Where more would disappear than agreed it then waits for a second person. After 503 confirm again: it goes on where it was.',
    id,
    ApiBody({
      schema: {
        oneOf: [
          {
            type: 'object',
            required: ['rows'],
            properties: { rows: { type: 'integer', minimum: 0, description: 'Rows without the header.' } },
          },
          { type: 'object', required: ['sha256'], properties: { sha256: { type: 'string', description: 'Of its bytes, as hex.' } } },
        ],
      },
    }),
    file(200, 'Published, with its receipt; or waiting for a second person.'),
    refused,
  ),
  approve: documented(
    'approveFile',
    'Approve a file that waits for a second person',
    'By somebody else than who sent or confirmed it (scope `approve:{source}`).',
    id,
    file(200, 'Published, with its receipt.'),
    refused,
  ),
};
