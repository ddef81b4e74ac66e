import { once } from 'node:events';
import process from 'node:process';
import { readConfig, secretNames, type Config } from './config.ts';
import { Desk, type Log } from './desk.ts';
import { sweepScratch } from './scratch.ts';
import { transcoderServer } from './server.ts';
import { mediaStore } from './storage/store.ts';
import { performer } from './tasks/perform.ts';

/** Container platforms kill what has not stopped 10 s (Docker) or 15 min (Cloudflare) after SIGTERM. */
const STOP_MS = 8_000;

const log: Log = (event, facts) =>
  console.log(JSON.stringify({ at: new Date().toISOString(), event, ...facts }));

let config: Config;
try {
  config = readConfig(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(78); // EX_CONFIG
}
for (const name of secretNames) delete process.env[name]; // children do not inherit them
const swept = await sweepScratch(config.work.scratch);
if (swept > 0) log('swept', { folders: swept });
const desk = new Desk(config.slots, performer(mediaStore(config.store), config.work), log);
const server = transcoderServer(desk, config.secret, log, config.work.diskLimit);
server.listen(config.port, config.host);
await once(server, 'listening');
log('listening', { address: server.address(), slots: config.slots });

let stopping = false;
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) return;
  stopping = true;
  log('stopping', { signal });
  server.close();
  server.closeIdleConnections();
  setTimeout(() => process.exit(1), STOP_MS).unref();
  await desk.stop();
  process.exit(0);
}
process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));
