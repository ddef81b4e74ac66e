import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../local/run.ts';
import { failed, passed, type Outcome } from './outcome.ts';

/** What ops/generate.ts writes. */
const GENERATED = ['worker-configuration.d.ts', 'docs/openapi.json', 'schema/db/migrations'];

/** Every generated file by its content. Needs no git: an unpacked archive is checked all the same. */
export async function snapshot(root: string, paths = GENERATED): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const path of paths) {
    const inside = await readdir(join(root, path), { recursive: true, withFileTypes: true }).catch(
      () => null,
    );
    const names = inside
      ? inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      : [join(root, path)];
    for (const name of names)
      files.set(name.slice(join(root, '/').length), await readFile(name, 'utf8').catch(() => ''));
  }
  return files;
}

export const differences = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .sort();

/** Writes the generated files anew; they must come out as they were. */
export async function generatedFresh(root: string): Promise<Outcome> {
  const before = await snapshot(root);
  const { code, output } = await run(process.execPath, [join(root, 'ops/generate.ts')], { cwd: root });
  if (code !== 0) return failed(output);
  const stale = differences(before, await snapshot(root));
  return stale.length
    ? failed(
        `These were stale and have been written anew; commit them:\n${stale.map((name) => `  ${name}`).join('\n')}`,
      )
    : passed;
}
