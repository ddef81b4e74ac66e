import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { run } from '../local/run.ts';
import { failed, passed, type Outcome } from './outcome.ts';

const Budgets = v.record(v.string(), v.object({ gzipBytes: v.number(), why: v.string() }));
const Chunk = v.object({
  file: v.string(),
  imports: v.optional(v.array(v.string()), []),
  dynamicImports: v.optional(v.array(v.string()), []),
});
export const Manifest = v.record(v.string(), v.object(Chunk.entries));
export type Manifest = v.InferOutput<typeof Manifest>;

/** The scripts that a browser fetches for these entries: themselves and what they import, each once, minus what it has already. */
export function scripts(manifest: Manifest, entries: string[], had: string[] = []): string[] {
  const seen = new Set(had);
  const files: string[] = [];
  const add = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    if (seen.has(chunk.file)) return;
    seen.add(chunk.file);
    if (chunk.file.endsWith('.js')) files.push(chunk.file);
    for (const imported of chunk.imports) add(imported);
  };
  for (const name of entries) add(name);
  return files;
}

/** Everything in the build that these entries may ever fetch, by the names of the manifest; `there`: is there already. */
export function reach(manifest: Manifest, entries: string[], there: string[] = []): Set<string> {
  const seen = new Set(there);
  const add = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    if (seen.has(name)) return;
    seen.add(name);
    [...chunk.imports, ...chunk.dynamicImports].forEach(add);
  };
  entries.forEach(add);
  return seen;
}

/** Files of the dashboard that the viewer's site may fetch: there should be none. */
export const strayed = (manifest: Manifest, viewer: string[]): string[] =>
  [...reach(manifest, viewer)].filter((name) => /^web\/(admin|i18n\/admin)\//.test(name));

/** The scripts that only the dashboard has, with its words in English. */
const own = (manifest: Manifest): string[] => {
  const viewers = reach(manifest, ['web/client.ts']);
  return [...reach(manifest, ['web/admin/app.tsx'])].filter(
    (name) =>
      !viewers.has(name) && manifest[name]?.file.endsWith('.js') && !name.startsWith('web/i18n/admin/ja'),
  );
};

const gzipped = async (files: string[]): Promise<number> => {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(file), { level: 9 }).length;
  return bytes;
};

async function workerBytes(root: string): Promise<number | string> {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-bundle-'));
  try {
    const { code, output } = await run(
      'wrangler',
      ['deploy', '--env=', '--dry-run', '--outdir', folder, '--containers-rollout=none'],
      {
        cwd: root,
        env: {
          ...process.env,
          CI: '1',
          NO_COLOR: '1',
          WRANGLER_SEND_METRICS: 'false',
          WRANGLER_WRITE_LOGS: 'false',
        },
      },
    );
    if (code !== 0) return output;
    const files = (await readdir(folder)).filter((name) => /\.(js|mjs|wasm)$/.test(name));
    return await gzipped(files.map((name) => join(folder, name)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The sizes that budget.json limits, measured on the build that stands in web/dist; or what is wrong with it. */
export async function measured(root: string): Promise<Record<string, number> | string> {
  const manifest = v.parse(
    Manifest,
    JSON.parse(await readFile(join(root, 'web/dist/.vite/manifest.json'), 'utf8')),
  );
  const stray = strayed(manifest, ['web/client.ts']);
  if (stray.length > 0) return `Viewers would download parts of the dashboard: ${stray.join(', ')}`;
  const worker = await workerBytes(root);
  if (typeof worker === 'string') return worker;
  const weigh = (files: string[]) => gzipped(files.map((file) => join(root, 'web/dist', file)));
  const site = scripts(manifest, ['web/client.ts', 'web/wake-page.tsx', 'web/i18n/en.ts']);
  const opening = ['web/admin/app.tsx', 'web/i18n/admin/en.ts'];
  const parts = own(manifest);
  /** What opening the dashboard at a page fetches, with every part of that page. */
  const page = (name: string) => {
    const whole = reach(manifest, [name], ['web/admin/app.tsx']);
    const files = parts.filter((part) => whole.has(part)).map((part) => manifest[part]!.file);
    return weigh([...new Set([...scripts(manifest, opening, site), ...files])]);
  };
  const beyond = (...entries: string[]) => weigh(scripts(manifest, entries, site));
  return {
    worker,
    'page of plain HTML': await weigh(scripts(manifest, ['web/client.ts'])),
    'catalogue page with islands': await weigh(
      scripts(manifest, [
        'web/client.ts',
        'web/wake.tsx',
        'web/i18n/list.en.ts',
        'web/viewer/list/list-button.tsx',
        'web/viewer/list/mark-watched.tsx',
      ]),
    ),
    'watch page before play': await weigh(
      scripts(manifest, [
        'web/client.ts',
        'web/wake-page.tsx',
        'web/i18n/en.ts',
        'web/viewer/watch/watch.tsx',
      ]),
    ),
    'watch page and player': await beyond(
      'web/viewer/watch/watch.tsx',
      'web/player/player.ts',
      'web/player/hls.ts',
    ),
    'dashboard at first': await beyond(...opening),
    'dashboard, its heaviest page': Math.max(...(await Promise.all(parts.map(page)))),
    'dashboard, all pages': await weigh(parts.map((name) => manifest[name]!.file)),
    'viewer entry': await weigh(site),
  };
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

export async function budgets(root: string, say: (line: string) => void): Promise<Outcome> {
  const limits = v.parse(Budgets, JSON.parse(await readFile(join(root, 'budget.json'), 'utf8')));
  const sizes = await measured(root);
  if (typeof sizes === 'string') return failed(sizes);
  const over: string[] = [];
  for (const [name, bytes] of Object.entries(sizes)) {
    const limit = limits[name];
    if (!limit) over.push(`budget.json has no entry “${name}” (it is ${kB(bytes)})`);
    else if (bytes > limit.gzipBytes)
      over.push(`${name}: ${kB(bytes)} gzipped, allowed ${kB(limit.gzipBytes)}. ${limit.why}`);
    say(`${name} ${kB(bytes)}`);
  }
  return over.length ? failed(over.join('\n')) : passed;
}
