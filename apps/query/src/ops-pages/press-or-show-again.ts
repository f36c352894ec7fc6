import type { FastifyReply } from 'fastify';
import type { Again } from './confirm.js';
import { EngineRefused } from './operate.js';
import type { Problem, Typed } from './typed.js';

interface Pressed {
  reply: FastifyReply;
  typed: Typed;
  problems: readonly Problem[];
  /** Does it. @returns where the browser goes next */
  act(): Promise<string>;
  /** The form, once more. */
  form(again: Again): Promise<string>;
}

/** What to do about a refusal of the engine, by its code. */
const TODO: Record<string, { text: string; href: string }> = {
  'not-compared': { text: 'Compare it first, or say why it need not be', href: '#approved' },
  differences: { text: 'Look at the differences, or say why they are accepted', href: '#approved' },
  behind: { text: 'Wait until it has caught up, then try again', href: '/operations/generations' },
  'wrong-request': { text: 'See what came of all requests', href: '/operations/requests' },
  'build-under-way': { text: 'See the build that is under way', href: '/operations/generations' },
};
const SEE_ALL = { text: 'See what state all generations are in', href: '/operations/generations' };

/** Leads on once it is done; else shows the form again with what has to be corrected (400), or why the engine would not (409). */
export async function pressOrShowAgain({ reply, typed, problems, act, form }: Pressed): Promise<string | undefined> {
  if (problems.length > 0) {
    const page = await form({ typed, problems });
    reply.status(400);
    return page;
  }
  try {
    reply.redirect(await act(), 303);
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineRefused)) throw error;
    const page = await form({ typed, problems, refusal: { words: error.message, todo: TODO[error.code] ?? SEE_ALL } });
    reply.status(409);
    return page;
  }
}
