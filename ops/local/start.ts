import { fileURLToPath } from 'node:url';
import { startHelp, startOptions, UsageError } from './arguments.ts';
import { platform } from './platform.ts';
import { Sentence } from './sentence.ts';
import { stopSignal } from './signals.ts';

// `npm start`: the whole platform on this machine. Ends with 0 when it was asked to stop, 1 when a part ended, 2 for a wrong option.
const root = fileURLToPath(new URL('../..', import.meta.url));
// Whoever read the output has gone (`npm start | head`): what runs goes on, and is stopped in order later.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const stop = stopSignal();
try {
  const options = startOptions(process.argv.slice(2), root);
  if (options.help) console.log(startHelp);
  else await platform(root, options, stop);
  process.exit(0);
} catch (error) {
  if (stop.aborted) process.exit(0);
  console.error(error instanceof Sentence || error instanceof UsageError ? `\n${error.message}` : error);
  process.exit(error instanceof UsageError ? 2 : 1);
}
