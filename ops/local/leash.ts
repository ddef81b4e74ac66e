/**
 * Holds one of the launcher's children: usage `node leash.ts COMMAND [ARGUMENT…]`.
 * It leads a process group of its own, so that Ctrl-C in the terminal reaches the launcher alone, which stops its parts
 * in order. When its standard input ends, the launcher is gone, however it died, and the whole group goes too.
 */
import { spawn } from 'node:child_process';

const GRACE_MS = 4_000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command!, args, { stdio: ['ignore', 'inherit', 'inherit'] });

const killGroup = () => process.kill(-process.pid, 'SIGKILL');
const end = () => {
  child.kill('SIGTERM');
  setTimeout(killGroup, GRACE_MS);
};
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.stdin.on('end', end).on('error', end).resume();
child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  // What the child itself left running must not hold a port. The leash's own handler keeps it alive through this.
  process.kill(-process.pid, 'SIGTERM');
  process.exit(code ?? (signal === 'SIGKILL' ? 137 : 143));
});
