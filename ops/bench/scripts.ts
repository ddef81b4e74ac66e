import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';

const Manifest = v.record(
  v.string(),
  v.object({ file: v.string(), imports: v.optional(v.array(v.string()), []) }),
);

/** Catalogue pages, and the modules that the edge names in their heads (web/server.tsx). */
const PAGES = ['home', 'title'] as const;

/** Bytes of script that a browser loads for each catalogue page: its modules and all they import, each gzipped by itself. */
export async function catalogueScripts(): Promise<{ page: string; bytes: number }[]> {
  const manifest = v.parse(Manifest, JSON.parse(await readFile('web/dist/.vite/manifest.json', 'utf8')));
  return Promise.all(
    PAGES.map(async (page) => {
      const files = reachable(manifest, [
        'web/client.tsx',
        `web/viewer/${page}/${page}.tsx`,
        'web/i18n/en.ts',
      ]);
      const sizes = await Promise.all(
        files.map(async (file) => gzipSync(await readFile(`web/dist/${file}`), { level: 9 }).length),
      );
      return { page, bytes: sizes.reduce((sum, size) => sum + size, 0) };
    }),
  );
}

function reachable(manifest: v.InferOutput<typeof Manifest>, entries: string[]): string[] {
  const seen = new Set<string>();
  const open = [...entries];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in Vite's manifest`);
    open.push(...chunk.imports);
  }
  return [...seen].map((name) => manifest[name]!.file);
}
