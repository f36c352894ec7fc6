import { Get, Inject, NotFoundException, Param } from '@nestjs/common';
import type { ClientBase, Pool } from 'pg';
import { type SettingsVersion, settingsDifferences, settingsOf, settingsVersions } from '#lib/kept';
import { Authority } from '../authority.js';
import { SessionsUnavailable } from '../errors.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY, SESSIONS } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { areasOfDifferences } from './field-words.js';
import { settingsInForce } from './in-force.js';

const SEEN = { action: 'operated', shown: { page: 'settings' } } as const;
const BACK = { text: 'Settings', href: '/settings' } as const;

/**
 * The authority's settings as they are in force, and which versions of them there were, by whom, why, and what each changed. They are applied by a
 * command, never from here.
 */
@PageController()
export class SettingsPage {
  constructor(
    private readonly gate: Gate,
    private readonly pages: Pages,
    @Inject(SESSIONS) private readonly pool: Pool,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/settings')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    await this.gate.pass(asker, 'settings', SEEN);
    const facts = { title: 'Settings of the authority', reader: asker.reader, place: 'settings' } as const;
    return this.pages.render('settings-page/settings.njk', facts, { versions: await this.read(settingsVersions) });
  }

  @Get('/settings/in-force')
  @AsPage()
  async showInForce(@CurrentAsker() asker: Asker): Promise<string> {
    await this.gate.pass(asker, 'settings', SEEN);
    const version = await this.read((client) => versionOf(client, this.authority));
    const facts = { title: 'The settings in force', reader: asker.reader, place: 'settings', back: BACK } as const;
    return this.pages.render('settings-page/in-force.njk', facts, { version, areas: settingsInForce(this.authority) });
  }

  @Get('/settings/:version')
  @AsPage()
  async showOne(@CurrentAsker() asker: Asker, @Param('version') asked: string): Promise<string> {
    await this.gate.pass(asker, 'settings', SEEN);
    const { version, before, differences } = await this.read((client) => changeIn(client, asked));
    const title = `Version ${version.version} of the settings`;
    const facts = { title, reader: asker.reader, place: 'settings', back: BACK } as const;
    return this.pages.render('settings-page/version.njk', facts, { version, before, areas: areasOfDifferences(differences) });
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
  return { version, before, differences: settingsDifferences(was, await settingsOf(client, version.version), { apart: true }) };
}

/** The version that was last put to use, where it says what people are read by here; null: another one does. */
async function versionOf(client: ClientBase, authority: Authority): Promise<SettingsVersion | null> {
  const used = (await settingsVersions(client)).filter(({ inUseSince }) => inUseSince !== null);
  const last = used.reduce<SettingsVersion | null>((latest, one) => (latest && latest.inUseSince! >= one.inUseSince! ? latest : one), null);
  if (last === null) return null;
  const read = Authority.safeParse(await settingsOf(client, last.version));
  return read.success && JSON.stringify(read.data) === JSON.stringify(authority) ? last : null;
}
