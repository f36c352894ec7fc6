import { resolve } from 'node:path';
import { startOptions } from '../arguments.js';
import { orSayWhy } from '../said-plainly.js';
import { startStack } from './start-stack.js';
import { askedToStop } from './asked-to-stop.js';
import { newFamily } from './child.js';
import { stopInOrder } from './stop-in-order.js';
import { lockFolder } from './lock.js';
import { portsFrom } from './ports.js';
import { supervise } from './supervise.js';

/** `npm start` after installing and building: everything up, kept up, and down again in order. */
await orSayWhy(async () => {
  const options = startOptions(process.argv.slice(2));
  const folder = resolve(options.data);
  const ports = portsFrom(options.portBase);
  const lock = await lockFolder(folder, `http://127.0.0.1:${ports.front}`);
  const family = newFamily(folder);
  const asked = askedToStop(() => family.members.forEach((child) => child.kill()));
  let failure: unknown;
  try {
    const started = startStack({ ...options, folder, ports, family, shown: options.data });
    const up = await Promise.race([started, asked]);
    if (typeof up === 'object') {
      const reason = await Promise.race([asked, supervise({ family, restart: up.restart, say: console.log })]);
      if (reason !== 'asked') failure = reason;
    } else {
      started.catch(() => undefined);
    }
  } catch (error) {
    failure = error;
  }
  if (typeof failure === 'string') console.log(`\n✗ ${failure}. Stopping everything.`);
  if (family.members.length > 0) console.log('');
  lock.stopping();
  await stopInOrder(family, (name, seconds) => console.log(`stopped ${name.padEnd(10)} ${seconds.toFixed(1)} s`));
  lock.release();
  if (failure instanceof Error) throw failure;
  process.exit(failure ? 1 : 0);
});
