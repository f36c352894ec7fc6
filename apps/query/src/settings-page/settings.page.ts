import { Get, Inject } from '@nestjs/common';
import type { Pool } from 'pg';
import { type SettingsVersion, settingsVersions } from '#lib/kept';
import { SessionsUnavailable } from '../errors.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { SESSIONS } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';

/** Which versions of the authority's settings there were, by whom, and why. They are applied by a command, never from here. */
@PageController()
export class SettingsPage {
  constructor(
    private readonly gate: Gate,
    private readonly pages: Pages,
    @Inject(SESSIONS) private readonly pool: Pool,
  ) {}

  @Get('/settings')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    await this.gate.pass(asker, 'settings', { action: 'operated', shown: { page: 'settings' } });
    const facts = { title: 'Settings of the authority', reader: asker.reader, place: 'settings' } as const;
    return this.pages.render('settings-page/settings.njk', facts, { versions: await this.versions() });
  }

  /** They stand with the sessions: without those nobody is signed in either. */
  private async versions(): Promise<SettingsVersion[]> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw new SessionsUnavailable(error);
    });
    try {
      return await settingsVersions(client);
    } finally {
      client.release();
    }
  }
}
