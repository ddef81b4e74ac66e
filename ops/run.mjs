// Runs one of the project's scripts under Node 24, after installing what is missing. Plain JavaScript without
// dependencies: on a fresh clone this is the only thing that runs on whatever Node is there (20 or newer).
// usage: node ops/run.mjs SCRIPT [ARGUMENT…]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const node = join(bin, 'node');
const stamp = join(root, 'node_modules', '.engawa-installed');

const fail = (sentence) => {
  console.error(sentence);
  process.exit(1);
};
if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Engawa needs Node 20 or newer to start; this is ${process.version}. See https://nodejs.org`);

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const installed = existsSync(stamp) && existsSync(node) ? readFileSync(stamp, 'utf8') : '';
if (installed !== wanted) {
  console.error('Installing dependencies (once; about a minute) …');
  // Not `npm ci`: it refuses a lock file that was written where a registry lacks some other platform's optional binary.
  const { status, error } = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (error) fail(`npm could not be started: ${error.message}`);
  if (status !== 0)
    fail(
      'npm install failed; its message stands above. Check the network and the free disk space, then run this again.',
    );
  writeFileSync(stamp, wanted);
}

const [script, ...rest] = process.argv.slice(2);
const child = spawn(node, [join(root, script), ...rest], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, NODE_NO_WARNINGS: '1' },
});
// Ctrl-C reaches the child by itself (same process group); a signal to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`${script} could not be started: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
