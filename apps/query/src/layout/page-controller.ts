import { applyDecorators, Controller, Header, UseFilters } from '@nestjs/common';
import { PageErrors } from './page-errors.filter.js';

/** A controller whose answers are pages; what goes wrong is told on a page as well. */
export const PageController = (): ClassDecorator => applyDecorators(Controller(), UseFilters(PageErrors));

/** The method answers with a page. */
export const AsPage = (): MethodDecorator => Header('content-type', 'text/html; charset=utf-8');
