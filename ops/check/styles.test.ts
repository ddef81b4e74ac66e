import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// All style files of the dashboard are one cascade: a class that two of them give a look of its own means two things, and breaks the
// other's pages unseen.

const files = globSync('web/admin/**/*.css');
const selectorsIn = (css: string): string[] =>
  [...css.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([^{};]+)\{/g)]
    .map(([, selectors]) => selectors!.trim())
    .filter((selectors) => !selectors.startsWith('@'))
    .flatMap((selectors) => selectors.split(/,(?![^(]*\))/));
const blockOf = (name: string): string => name.split(/__|--/, 1)[0]!;

/** The class that a selector gives a look to; null where that is one of another block, inside which it stands. */
function styled(selector: string): string | null {
  const names = [...selector.replaceAll(/:not\([^)]*\)/g, '').matchAll(/\.([a-z][\w-]*)/g)].map(
    ([, name]) => name!,
  );
  return new Set(names.map(blockOf)).size === 1 ? names.at(-1)! : null;
}

it('no class of the dashboard has a look of its own in two style files', () => {
  expect(files.length).toBeGreaterThan(5);
  const owners = new Map<string, Set<string>>();
  for (const path of files)
    for (const name of selectorsIn(readFileSync(path, 'utf8')).map(styled))
      if (name) owners.set(name, (owners.get(name) ?? new Set()).add(path));
  expect(owners.size).toBeGreaterThan(200);
  expect([...owners].filter(([, paths]) => paths.size > 1)).toEqual([]);
});
