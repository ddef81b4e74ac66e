import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

// Writes what is derived from sources: binding types, SQL migrations, docs/openapi.json.
// `npm run check` runs it and fails when what it writes is not what was there.
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });

const TYPES = 'worker-configuration.d.ts';
run('wrangler', 'types', TYPES, '--include-runtime=false', '--strict-vars=false');
// The main module's type is left out: it would pull every page into the API's own project (a cycle of project references).
writeFileSync(
  TYPES,
  readFileSync(TYPES, 'utf8')
    .replace(/\tinterface GlobalProps \{[^}]*\}\n/, '')
    .replaceAll(/<import\("\.\/edge\/index"\)\.\w+>/g, ''),
);
run('drizzle-kit', 'generate', '--config', 'drizzle.config.ts');
if (existsSync('ops/openapi.ts')) run('node', 'ops/openapi.ts');
