import { applyDecorators } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiBody, ApiOperation, ApiResponse, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';

const at = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A route's page of the documentation. `answer` and `body` name schemas: zod's, by the id they carry. @param o.again when what was created before is answered, with 200 @param o.conflict when it is refused with 409 @param o.wrong when the query is, with 400 */
export function Documented(o: {
  id: string;
  summary: string;
  description: string;
  answer: string;
  status?: number;
  again?: string;
  conflict?: string;
  wrong?: string;
  body?: string;
}) {
  const problem = (status: number, description: string) =>
    ApiResponse({ status, description, content: { 'application/problem+json': { schema: at('ProblemDetails') } } });
  return applyDecorators(
    ApiOperation({ operationId: o.id, summary: o.summary, description: o.description }),
    ApiResponse({ status: o.status ?? 200, description: o.summary, schema: at(o.answer) }),
    ...(o.again === undefined ? [] : [ApiResponse({ status: 200, description: o.again, schema: at(o.answer) })]),
    ...(o.body === undefined ? [] : [ApiBody({ schema: at(o.body) }), problem(400, 'Something to correct, field by field.')]),
    ...(o.wrong === undefined ? [] : [problem(400, o.wrong)]),
    problem(401, 'Not signed in.'),
    problem(
      403,
      'The role does not include this, a reason is to be given first (`reason-needed`), or the reader knows the person. The look is recorded.',
    ),
    problem(404, 'Nothing of that address may be seen: absent, restricted, over, or another reader’s.'),
    ...(o.conflict === undefined ? [] : [problem(409, o.conflict)]),
    problem(429, 'Asked faster than is answered: wait for a minute (`Retry-After`), then ask again.'),
    problem(503, 'No audit record can be written, or the index can’t be read: nothing is shown.'),
  );
}

/** The documentation of /v1, made from the routes themselves and from the schemas of their results. */
export function openApiOf(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Involvement Index: questions')
    .setDescription(
      'The same questions as the pages ask, under the same rights and the same audit. Every answer says how fresh each source is. ' +
        'A machine client sends an access token of the authority’s directory (client credentials, scope `query:read`; `links:create` to make links alone); each is bound to a ' +
        'reader of its own, in whose name its looks are recorded. A signed-in reader’s session does as well.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .addCookieAuth('session')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/'));
  return { ...document, paths: Object.fromEntries(paths), components: { ...document.components, schemas: schemas() } };
}

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

function schemas(): Schemas {
  return z.toJSONSchema(z.globalRegistry, { uri: (id) => at(id).$ref }).schemas as Schemas;
}

/** /openapi.json for programs, /docs for people. */
export function documentQuestions(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiOf(app), {
    jsonDocumentUrl: 'openapi.json',
    // Nothing may be tried out on the page: an answer there would be a page about a person that nobody designed.
    swaggerOptions: { validatorUrl: null, supportedSubmitMethods: [] },
  });
}
