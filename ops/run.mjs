// Runs one of the project's scripts under Node 24, after installing what is missing. Plain JavaScript without
// dependencies: on a fresh clone this is the only thing that runs on whatever Node is there (20 or newer).
// usage: node ops/run.mjs SCRIPT [ARGUMENT…]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

const fail = (sentence, code = 1) => {
  console.error(sentence);
  process.exit(code);
};
const major = Number(process.versions.node.split('.')[0]);
if (major < 20)
  fail(`Engawa needs Node 20 or newer to start; this is ${process.version}. See https://nodejs.org`);

/**
 * npm writes node_modules/.package-lock.json as the last step of every install, and empties node_modules first when it
 * starts anew: an install that was interrupted, or is older than package-lock.json, shows by comparing the two.
 */
function installed() {
  try {
    const packages = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
    const there = packages('node_modules/.package-lock.json');
    return Object.entries(packages('package-lock.json')).every(
      // Optional ones are for other platforms.
      ([path, { version, optional, devOptional }]) =>
        path === '' || there[path]?.version === version || (!there[path] && (optional || devOptional)),
    );
  } catch {
    return false;
  }
}
/** The npm that runs this script is started by its own Node; without one, whatever PATH has. */
function npm(...args) {
  const path = process.env.npm_execpath;
  const [command, ...first] = path?.endsWith('.js') ? [process.execPath, path] : ['npm'];
  const ran = spawnSync(command, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (ran.error) fail(`npm could not be started: ${ran.error.message}`);
  if (ran.signal === 'SIGINT' || ran.status === 130) fail('Interrupted; the next run installs anew.', 130);
  return ran;
}
function install() {
  console.error('Installing dependencies (once; about a minute) …');
  let { status, stderr } = npm('ci');
  // A lock file made where the registry lacks some platform's optional packages does not name them, which `npm ci` calls
  // out of sync. `npm install` takes what the lock file names all the same, and --no-save leaves both files alone.
  if (status !== 0 && stderr.includes('in sync')) ({ status, stderr } = npm('install', '--no-save'));
  if (status === 0) return;
  console.error(stderr.trim());
  fail(
    'The dependencies could not be installed; npm’s words stand above. Check the network and the free disk space, then run this again.',
  );
}
if (!installed()) install();

const ours = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
const node = existsSync(ours) ? ours : major >= 24 ? process.execPath : null;
if (!node)
  fail(
    'Node 24 did not come with the dependencies: allow install scripts (npm config set ignore-scripts false), then npm ci.',
  );

const [script, ...rest] = process.argv.slice(2);
const child = spawn(node, [join(root, script), ...rest], {
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    NODE_NO_WARNINGS: '1',
    ENGAWA_RUNNER: String(process.pid), // the child stops when this process is gone (ops/local/signals.ts)
  },
});
// Ctrl-C reaches the child by itself (same process group); a signal to this process alone is passed on. The child knows
// that one press may reach it twice.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm runs scripts through a shell, which dies of a signal without passing it on.
const shell = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === shell) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, 500).unref();
child.on('error', (error) => fail(`${script} could not be started: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
