import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { unstable_readConfig } from 'wrangler';
import { refusal } from './deploy/ready.ts';
import { parsed } from './local/arguments.ts';
import { tell } from './local/command.ts';
import { run } from './local/run.ts';
import { Sentence } from './local/sentence.ts';

// `npm run deploy`: check, build, migrate D1, deploy the Worker and the transcoder's image. docs/deploy.md prepares the account.
const root = fileURLToPath(new URL('..', import.meta.url));
const help = `Deploys to production: checks everything, migrates D1, deploys the Worker and the transcoder's image.

  npm run deploy
  npm run deploy -- --dry-run   the same without touching the account`;

/** Runs a step with its output on the terminal. @throws Sentence when it fails */
async function step(what: string, command: string, ...args: string[]): Promise<void> {
  console.log(`\n${what}: ${[command === process.execPath ? 'node' : command, ...args].join(' ')}`);
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
  if (code !== 0) throw new Sentence(`${what} failed; nothing after it was done.`);
}

const Secrets = v.pipe(v.string(), v.parseJson(), v.array(v.object({ name: v.string() })));
async function readiness(): Promise<string | null> {
  const quiet = {
    cwd: root,
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
  };
  const config = unstable_readConfig({ config: `${root}/wrangler.toml`, env: 'production' });
  const { code } = await run('wrangler', ['whoami', '--json'], quiet);
  // Where the Worker does not exist yet, the list fails: then nothing is set.
  const list =
    code === 0
      ? await run('wrangler', ['secret', 'list', '--env', 'production', '--format', 'json'], quiet)
      : null;
  const set = v.safeParse(Secrets, list?.output.slice(list.output.indexOf('[')) ?? '');
  return refusal({
    loggedIn: code === 0,
    variables: config.vars,
    required: config.secrets?.required ?? [],
    set: set.success ? set.output.map(({ name }) => name) : [],
  });
}

await tell(async () => {
  const { values } = parsed(() =>
    parseArgs({
      options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
    }),
  );
  if (values.help) return console.log(help);
  const dry = values['dry-run'];
  const refused = dry ? null : await readiness();
  if (refused) throw new Sentence(refused);
  await step('Check and build', process.execPath, 'ops/check.ts');
  if (dry) {
    await step(
      'Deploy (dry run)',
      'wrangler',
      'deploy',
      '--env',
      'production',
      '--dry-run',
      '--containers-rollout=none',
    );
    return console.log('\nDry run: D1 was not migrated and nothing was sent.');
  }
  await step(
    'Migrate D1',
    'wrangler',
    'd1',
    'migrations',
    'apply',
    'engawa',
    '--env',
    'production',
    '--remote',
  );
  await step('Deploy', 'wrangler', 'deploy', '--env', 'production');
  return console.log('\nDeployed.');
});
