import { Client } from 'pg';
import { orSayWhy, SaidPlainly } from '../said-plainly.js';
import { portsFrom } from './ports.js';
import { passwordsOf } from './capture-changes.js';
import { SOURCE_DATABASES } from './source-databases.js';

/** `npm run source:sql -- mosaic "UPDATE …"`: types into the database of a source of the made-up authority, as the system itself. */
await orSayWhy(async () => {
  const [source = '', statement = ''] = process.argv.slice(2);
  if (!SOURCE_DATABASES.some((name) => name === source) || statement === '')
    throw new SaidPlainly(`npm run source:sql -- ${SOURCE_DATABASES.join('|')} "UPDATE …"`);
  const client = new Client({
    host: '127.0.0.1',
    port: portsFrom(Number(process.env.PORT_BASE ?? 7400)).postgres,
    database: source,
    user: source,
    password: passwordsOf(process.env.DATA ?? '.local')[source],
  });
  await client.connect().catch(() => {
    throw new SaidPlainly(
      `The database of ${source} does not answer on port ${client.port}. Is npm start running, with changes captured? On other ports or in another folder: PORT_BASE=… DATA=… npm run source:sql`,
    );
  });
  try {
    const { rows, rowCount, command } = await client.query<Record<string, unknown>>(statement);
    if (rows.length > 0) console.table(rows);
    else console.log(`${command} ${rowCount ?? ''}`.trim());
  } finally {
    await client.end();
  }
});
