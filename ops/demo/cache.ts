import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** What these folders and files of the demo say, as a short hash: a drawing is as old as the code that drew it. */
export async function codeHash(...parts: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const part of parts) {
    const files = part.endsWith('.ts')
      ? [part]
      : (await readdir(join(here, part), { recursive: true })).sort();
    for (const file of files) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
      const path = part === file ? file : join(part, file);
      hash.update(`${path.replaceAll('\\', '/')}\0`).update(await readFile(join(here, path)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** The file's bytes, made once. Written beside and renamed, so that a file that is there is whole. */
export async function cached(path: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const known = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (known) return known;
  const bytes = await make();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
  return bytes;
}
