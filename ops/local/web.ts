import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { must } from './run.ts';

/** What the built site is made of. */
const SOURCES = ['web', 'schema', 'edge/client.ts', 'vite.config.ts', 'package-lock.json'];
const STAMP = 'node_modules/.cache/engawa-web';

/** SHA-256 over the names and contents of the sources; what is built from the same ones is the same. */
export async function fingerprint(root: string, sources = SOURCES): Promise<string> {
  const hash = createHash('sha256');
  const add = async (path: string) => {
    hash.update(`${path}\0`).update(await readFile(join(root, path)));
  };
  for (const source of sources)
    if (/\.\w+$/.test(source)) await add(source);
    else {
      const files = await readdir(join(root, source), { recursive: true, withFileTypes: true });
      const paths = files
        .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(root, 'web/dist')))
        .filter((entry) => !entry.name.includes('.gen.')) // written by the build itself
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(root.length)
            .replace(/^[/\\]/, ''),
        );
      for (const path of paths.sort()) await add(path);
    }
  return hash.digest('hex');
}

/** Builds the site unless it stands built from these very sources. */
export async function buildWeb(root: string, signal?: AbortSignal): Promise<'built' | 'fresh'> {
  const wanted = await fingerprint(root);
  const stamp = join(root, STAMP);
  const built = existsSync(stamp) && existsSync(join(root, 'web/dist')) ? await readFile(stamp, 'utf8') : '';
  if (built === wanted) return 'fresh';
  await must('vite build', 'vite', ['build', '--logLevel', 'warn'], {
    // Whoever starts it (a test runner says `test`), the site is built as viewers get it.
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    cwd: root,
    ...(signal ? { signal } : {}),
  });
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, wanted);
  return 'built';
}
