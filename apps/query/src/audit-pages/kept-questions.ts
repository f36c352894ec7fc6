import { Inject, Injectable } from '@nestjs/common';
import { KeptBesideSessions } from '../kept-beside-sessions.js';
import { KeptForReader } from '../kept-for-reader.js';
import { TERMS_KEY } from '../providers.js';

/** Whose looks, or looks at whom: what must not stand in an address. */
export type KeptQuestion = { recordId: string; source: string } | { reader: string };

/** Questions of officers, for a working day. */
@Injectable()
export class KeptQuestions extends KeptForReader<KeptQuestion> {
  constructor(kept: KeptBesideSessions, @Inject(TERMS_KEY) key: Buffer) {
    super(kept, key, { what: 'question', column: 'question', for: 8 * 60 * 60_000 });
  }
}
