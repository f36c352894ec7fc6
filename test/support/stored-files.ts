import { startIngest } from '../../apps/ingest/src/start.js';
import { appEnv } from './app-env.js';
import { FileDoor } from './post-file.js';
import { QueryApp } from './query-app.js';

/** The query service with an ingest behind its pages for files. */
export async function openWithIngest(
  overrides: Record<string, string> = {},
): Promise<{ app: QueryApp; ingest: string; stop(): Promise<void> }> {
  const ingest = await startIngest(await appEnv());
  const app = await QueryApp.open({ INGEST_URL: ingest.url, ...overrides });
  return {
    app,
    ingest: ingest.url,
    async stop() {
      await app.close();
      await ingest.stop();
    },
  };
}

export const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';
/** Rows of the early-help list. */
export const rowsOf = (from: number, to: number, born = '14/05/2012') =>
  Array.from({ length: to - from + 1 }, (_, at) => `EH-${from + at},1,"Baker, Ash",${born},F,,NB1 4QT,,,East,,Jo Reed,,,,,20/02/2025,,`);

/** Files of the early-help list in the states that a page shows. @returns their addresses */
export async function storeFiles(app: QueryApp): Promise<Record<'waiting' | 'second' | 'published' | 'refused', string>> {
  const door = new FileDoor(app.env.INGEST_URL!, 'cluster-lists');
  const at = (hour: number) => `2026-11-20T0${hour}:00:00Z`;
  const published = await door.publish('episodes', at(1), [HEADER, ...rowsOf(1, 40)]);
  const refused = await door.send('episodes', at(2), ['EH number,Name', 'EH-1,Ash']);
  const waiting = await door.send('episodes', at(2), [
    HEADER.replace('DOB', 'D.O.B.'),
    ...rowsOf(1, 39, '04/05/2012'),
    ...rowsOf(41, 41, '05/31/2012'),
  ]);
  const second = await door.send('episodes', at(2), [HEADER, ...rowsOf(1, 3)]);
  await door.confirm(second.id, { rows: 3 });
  const address = ({ id }: { id: string }) => `/sources/cluster-lists/files/${id}`;
  return { published: address(published), refused: address(refused), waiting: address(waiting), second: address(second) };
}
