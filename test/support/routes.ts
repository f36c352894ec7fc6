import 'reflect-metadata';
import { type DynamicModule, RequestMethod } from '@nestjs/common';
import { HEADERS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { Metrics } from '#lib/runtime';
import { QueryModule, type QueryParts } from '../../apps/query/src/query.module.js';

interface Route {
  /** `GET /people/:person` */
  route: string;
  /** It answers with a page. */
  isPage: boolean;
}

/** Every route of every controller of the query service, as Nest reads them. */
export function everyRoute(): Route[] {
  const { controllers = [], imports = [] } = QueryModule.on({ metrics: new Metrics('routes') } as QueryParts);
  const all = [...controllers, ...(imports as DynamicModule[]).flatMap((module) => module.controllers ?? [])];
  return all.flatMap((controller) =>
    Object.values(Object.getOwnPropertyDescriptors(controller.prototype as object)).flatMap(({ value }) => {
      const method =
        typeof value === 'function' ? (Reflect.getMetadata(METHOD_METADATA, value as object) as RequestMethod | undefined) : undefined;
      if (method === undefined) return [];
      const headers = (Reflect.getMetadata(HEADERS_METADATA, value as object) ?? []) as { name: string; value: unknown }[];
      const isPage = headers.some(({ name, value }) => name === 'content-type' && String(value).startsWith('text/html'));
      return pathsOf(controller).flatMap((prefix) =>
        pathsOf(value as object).map((path) => ({ route: `${RequestMethod[method]} ${joined([prefix, path])}`, isPage })),
      );
    }),
  );
}

const pathsOf = (target: object) => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
const joined = (parts: string[]) =>
  `/${parts
    .map((part) => part.replaceAll(/^\/|\/$/g, ''))
    .filter(Boolean)
    .join('/')}`;
