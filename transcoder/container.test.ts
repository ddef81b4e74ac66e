import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needed, trimmed } from './container.ts';

/** Packages that the sources under a folder import, tests left out. */
async function imported(folder: string): Promise<Set<string>> {
  const found = new Set<string>();
  const files = await readdir(folder, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.ts') && !/\.test\.ts$|^testing/.test(name))) {
    const text = await readFile(join(folder, file), 'utf8');
    for (const [, name] of text.matchAll(/^(?:import|export|\}) .*?from '([^'.][^']*)'/gm))
      if (name && !name.startsWith('node:')) found.add(name);
  }
  return found;
}

describe('the image', () => {
  it('installs exactly what the transcoder imports', async () => {
    const own = await imported(import.meta.dirname);
    expect([...own].sort()).toEqual([...needed].sort());
    const shared = [await imported(join(import.meta.dirname, '../schema/jobs'))];
    for (const names of shared) for (const name of names) expect(needed).toContain(name);
  });

  it('takes their versions from the project', async () => {
    const text = await readFile(join(import.meta.dirname, '../package.json'), 'utf8');
    const { dependencies } = trimmed(JSON.parse(text) as Parameters<typeof trimmed>[0]);
    expect(Object.keys(dependencies).sort()).toEqual([...needed].sort());
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^[\^~]?\d/);
  });
});
