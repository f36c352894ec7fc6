import { Get, Inject, NotFoundException, Param } from '@nestjs/common';
import type { ClientBase, Pool } from 'pg';
import { type SettingsDifference, settingsDifferences, settingsOf, settingsVersions } from '#lib/kept';
import { SessionsUnavailable } from '../errors.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { SESSIONS } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';

const SEEN = { action: 'operated', shown: { page: 'settings' } } as const;

/** Which versions of the authority's settings there were, by whom, why, and what each changed. They are applied by a command, never from here. */
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
    await this.gate.pass(asker, 'settings', SEEN);
    const facts = { title: 'Settings of the authority', reader: asker.reader, place: 'settings' } as const;
    return this.pages.render('settings-page/settings.njk', facts, { versions: await this.read(settingsVersions) });
  }

  @Get('/settings/:version')
  @AsPage()
  async showOne(@CurrentAsker() asker: Asker, @Param('version') asked: string): Promise<string> {
    await this.gate.pass(asker, 'settings', SEEN);
    const { version, before, differences } = await this.read((client) => changeIn(client, asked));
    const title = `Version ${version.version} of the settings`;
    const facts = { title, reader: asker.reader, place: 'settings', back: { text: 'Settings', href: '/settings' } } as const;
    return this.pages.render('settings-page/version.njk', facts, { version, before, differences: differences.map(shown) });
  }

  /** They stand with the sessions: without those nobody is signed in either. */
  private async read<Result>(ask: (client: ClientBase) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw new SessionsUnavailable(error);
    });
    try {
      return await ask(client);
    } finally {
      client.release();
    }
  }
}

/** A version with what it says otherwise than the one before; of the first, all that it says. */
async function changeIn(client: ClientBase, asked: string) {
  const versions = await settingsVersions(client);
  const version = versions.find(({ version }) => String(version) === asked);
  if (!version) throw new NotFoundException();
  const before = version.version === 1 ? null : version.version - 1;
  const was = before === null ? {} : await settingsOf(client, before);
  return { version, before, differences: settingsDifferences(was, await settingsOf(client, version.version)) };
}

const shown = ({ field, was, is, reordered }: SettingsDifference) =>
  reordered ? { field, was: 'Another order', is: 'The order changed' } : { field, was: valueWords(was), is: valueWords(is) };

const valueWords = (value: unknown) => (value === undefined ? 'Not set' : JSON.stringify(value));
