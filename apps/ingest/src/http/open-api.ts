import { applyDecorators, type INestApplication, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { answerSchemas } from './answer-schemas.js';
import { eventSchemas } from './event-schemas.js';

export const at = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const problem = (description: string, headers?: Record<string, { description: string; schema: { type: 'string' } }>) => ({
  description,
  headers,
  content: { 'application/problem+json': { schema: at('ProblemDetails') } },
});

/** The door's page of the documentation, beside the route it documents. */
export const DocumentedDoor = () =>
  applyDecorators(
    ApiOperation({
      operationId: 'publishEvents',
      summary: 'Publish 1 to 1,000 events of a source',
      description:
        'Events are taken in the order given. A bad event is refused alone, with every problem at once; the others are published. ' +
        'An accepted event has been acknowledged by all replicas of the log. The same event sent twice has the same id and no second effect; ' +
        'a lower version than one already sent is accepted and changes nothing. So any request may be repeated, and after 503 it should be.',
    }),
    ApiBearerAuth(),
    ApiParam({ name: 'source', description: 'The source that speaks; its own token only.' }),
    ApiQuery({ name: 'dryRun', required: false, type: Boolean, description: 'Check everything and publish nothing.' }),
    ApiBody({
      schema: {
        oneOf: [
          at('SourceEvent'),
          { type: 'object', required: ['events'], additionalProperties: false, properties: { events: at('SourceEvents') } },
          at('SourceEvents'),
        ],
      },
    }),
    ApiResponse({ status: 200, description: 'One outcome per event, in the order sent.', schema: at('PublishAnswer') }),
    ApiResponse({ status: 400, ...problem('Not UTF-8, not JSON, or no event in it.') }),
    ApiResponse({ status: 401, ...problem('No valid token.') }),
    ApiResponse({ status: 403, ...problem('The token of another source.') }),
    ApiResponse({ status: 404, ...problem('No source of that name has a mapping here.') }),
    ApiResponse({ status: 413, ...problem('More than 5 MB or 1,000 events.') }),
    ApiResponse({ status: 415, ...problem('Not sent as application/json, or compressed.') }),
    ApiResponse({
      status: 503,
      ...problem('The log or the keys can not be reached: send the same request again.', {
        'Retry-After': { description: 'Seconds to wait.', schema: { type: 'string' } },
      }),
    }),
  );

/** /docs for people, /openapi.json for programs. The schemas of the events are made from the very rules that check them. */
export function documentDoor(app: INestApplication, of: Type): void {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Involvement Index: the door for sources')
    .setDescription('How a source system tells the index who it is involved with. Start with a dry run.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { include: [of] });
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...eventSchemas(), ...answerSchemas } };
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', swaggerOptions: { validatorUrl: null } });
}
