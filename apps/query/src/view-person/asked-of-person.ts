import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { askerOf } from '../sign-in/signed-in.guard.js';
import { PersonAddress } from './person-address.js';
import type { Way } from './way.js';

/** What is asked of a page about a person: by whom, about whom and by which way, and where the answer goes. */
export interface AskedOfPerson {
  asker: Asker;
  address: PersonAddress;
  /** The way the address goes, and whether the page is to be printed. */
  way: Required<Way>;
  reply: FastifyReply;
}

interface Arrived {
  asker: Asker;
  params: { person: string; service?: string; services?: string };
  query: Record<string, unknown>;
  reply: FastifyReply;
}

@Injectable()
class ReadAddress implements PipeTransform<Arrived, AskedOfPerson> {
  constructor(private readonly pages: Pages) {}

  transform({ asker, params, query, reply }: Arrived): AskedOfPerson {
    const address = PersonAddress.read(params.person, params.services ?? params.service ?? '', query).in(this.pages.authority);
    return { asker, address, way: { child: address.child, print: query.print === 'yes' }, reply };
  }
}

const HasArrived = createParamDecorator((_: unknown, context: ExecutionContext): Arrived => {
  const http = context.switchToHttp();
  const { params, query } = http.getRequest<FastifyRequest<{ Params: Arrived['params']; Querystring: Arrived['query'] }>>();
  return { asker: askerOf(context), params, query, reply: http.getResponse<FastifyReply>() };
});

/** The request, on routes below `/people/:person`. What can't be such an address is not found. */
export const OfPerson = (): ParameterDecorator => HasArrived(ReadAddress);
