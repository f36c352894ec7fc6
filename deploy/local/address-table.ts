import { READERS } from '../directory/readers.js';
import { directoryUrl } from './environment.js';
import type { Ports } from './ports.js';

/** What the terminal says at the end of a start: where everything is, who to sign in as, how to publish a first event. */
export function addressTable(ports: Ports, folder: string, { demo }: { demo: boolean }): string {
  const at = (port: number, path = '') => `http://127.0.0.1:${port}${path}`;
  const rows = [
    ['search page', at(ports.front)],
    ['operations pages', at(ports.front, '/operations')],
    ['REST documentation', at(ports.front, '/docs')],
    ['ingest documentation', at(ports.ingest, '/docs')],
    ...(['query', 'ingest', 'projector', 'upkeep', 'matcher', 'seal'] as const).map((app) => [
      `metrics of ${app}`,
      at(ports[app], '/metrics'),
    ]),
    ['directory', directoryUrl(ports.directory)],
    ['registry', at(ports.registry, '/apis/ccompat/v7')],
    ['broker', `127.0.0.1:${ports.kafka}`],
    ['database', `127.0.0.1:${ports.postgres} (user postgres, password in ${folder}/secrets.json)`],
    ['logs', `${folder}/logs/<name>.log`],
  ];
  return [
    '',
    ...aligned(rows),
    '',
    'Sign in as',
    ...aligned(READERS.map(({ id, name, work, department }) => [id, `${name}, ${work.toLowerCase()}, ${department}`])),
    '',
    ...(demo ? MADE_UP_USE : USE_TO_MAKE_UP),
    '',
    'Publish a first event: it makes a person, to look up by the case ID M-FIRST',
    `  TOKEN=$(npm run --silent publish -- --source mosaic --print-token \\`,
    `    --issuer ${directoryUrl(ports.directory)} --secret-file ${folder}/clients/mosaic)`,
    `  curl -sS ${at(ports.ingest, '/v1/sources/mosaic/events')} \\`,
    `    -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\`,
    `    -d '{ "type": "PersonRecorded", "recordId": "M-FIRST", "sourceVersion": { "epoch": 1, "position": 1 },`,
    `          "occurredAt": "${new Date().toISOString()}", "names": [{ "family": "Example", "given": ["Alex"] }] }'`,
    '',
  ].join('\n');
}

const MADE_UP_USE = [
  'A first start writes weeks of made-up use with misuses in it, once the demo has published its people. It then tells how often the rules were wrong.',
  '  ig.officer finds what they found under Unusual use; Run the rules asks also what needs to know who people are',
];
const USE_TO_MAKE_UP = [
  'Write weeks of made-up use with misuses in it, once there are people (ig.officer finds them under Unusual use: Run the rules)',
  '  npm run ops -- audit rehearse --reason "to try the rules"',
];

function aligned(rows: string[][]): string[] {
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return rows.map(([name = '', value]) => `  ${name.padEnd(width)}  ${value}`);
}
