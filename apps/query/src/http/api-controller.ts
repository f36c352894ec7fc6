import { applyDecorators, Controller, UseFilters } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import { ProblemFilter } from './problem.filter.js';

/** A controller whose answers are JSON for machine clients; what goes wrong is a problem (RFC 9457). */
export const ApiController = (tag: string): ClassDecorator =>
  applyDecorators(Controller('v1'), UseFilters(ProblemFilter), ApiTags(tag), ApiBearerAuth(), ApiCookieAuth());
