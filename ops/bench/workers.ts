import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { convertV4MiniflareOptions, Miniflare, type V4MiniflareOptions } from 'miniflare';
import { unstable_getMiniflareWorkerOptions } from 'wrangler';
import { testBindings } from '../../edge/testing/secrets.ts';
import { freePort } from '../local/ports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const built = (args: string[], folder: string) =>
  run('wrangler', ['deploy', ...args, '--dry-run', '--outdir', folder, '--containers-rollout=none'], {
    cwd: root,
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false' },
  });

/** What wrangler reads out of wrangler.toml, as far as it is named here. */
type Bound = {
  [option: string]: unknown;
  assets?: unknown;
  modulesRules?: unknown;
  bindings?: object;
  ratelimits?: Record<string, object>;
};

/** The port of each: `ours` the Worker as it is deployed, `hello` a route of one line, `bare` a line without a framework. */
export type Workers = { flare: Miniflare; ours: number; hello: number; bare: number };

/**
 * The built Worker in workerd, without wrangler's proxy in front, and beside it in the same workerd what its rates are compared with.
 * @param folder an empty one, for what is built
 * @param bindings other settings than the tests’
 */
export async function workers(folder: string, bindings: Record<string, string> = {}): Promise<Workers> {
  const at = { ours: join(folder, 'ours'), hello: join(folder, 'hello') };
  await built(['--env', ''], at.ours);
  // As the Worker is built: minified, functions unnamed.
  await built(['ops/bench/hello.ts', '--config', 'ops/bench/hello.toml'], at.hello);
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'));
  const [ours, hello, bare] = [await freePort(), await freePort(), await freePort()];
  const listening = (port: number) => ({ unsafeDirectSockets: [{ host: '127.0.0.1', port }] });
  const code = (from: string, file: string) => ({
    modulesRoot: from,
    modules: [{ type: 'ESModule' as const, path: join(from, file) }],
  });
  // Without the site's files: what answers those stands before the Worker, here a Worker of its own with some requests to itself.
  const { assets: _, modulesRules: __, ratelimits = {}, ...bound } = workerOptions as Bound;
  const engawa = {
    ...bound,
    name: 'engawa',
    ...code(at.ours, 'index.js'),
    bindings: { ...bound.bindings, ...testBindings, PUBLIC_ORIGIN: `http://localhost:${ours}`, ...bindings },
    // What is measured is the work, not when it is refused.
    ratelimits: Object.fromEntries(
      Object.entries(ratelimits).map(([name, limit]) => [
        name,
        { ...limit, simple: { limit: 1e9, period: 60 } },
      ]),
    ),
    ...listening(ours),
  };
  const { compatibilityDate } = bound;
  const oneRoute = { name: 'hello', compatibilityDate, ...code(at.hello, 'hello.js'), ...listening(hello) };
  const script = "export default { fetch: () => new Response('hello') };";
  const oneLine = { name: 'bare', compatibilityDate, modules: true as const, script, ...listening(bare) };
  const flare = new Miniflare(
    convertV4MiniflareOptions({ workers: [engawa, oneRoute, oneLine] } as V4MiniflareOptions),
  );
  await flare.ready;
  await migrate(flare);
  return { flare, ours, hello, bare };
}

async function migrate(flare: Pick<Miniflare, 'getD1Database'>): Promise<void> {
  const d1 = await flare.getD1Database('DB', 'engawa');
  const at = `${root}/schema/db/migrations`;
  for (const file of (await readdir(at)).filter((name) => name.endsWith('.sql')).sort())
    for (const statement of (await readFile(join(at, file), 'utf8')).split('--> statement-breakpoint'))
      await d1.prepare(statement).run();
}
