import { expect, it } from 'vitest';
import manifest from './dist/.vite/assets.js';
import { heads } from './heads.ts';
import { paths } from './paths.ts';
import { moduleOf, pages } from './routes.ts';
import { filesOf } from './document.tsx';

const names = Object.keys(pages) as (keyof typeof pages)[];

it('has a page and a head for every address', () => {
  expect(names.filter((name) => name !== 'problem').sort()).toEqual(Object.keys(paths).sort());
  expect(Object.keys(heads).sort()).toEqual([...names].sort());
});

it.each(names)('%s stands where its name says, as a chunk of its own', async (name) => {
  expect(typeof (await pages[name]()).default).toBe('function');
  expect(manifest[moduleOf(name)]?.file).toMatch(/^assets\/.+\.js$/);
});

it('gives a page its own chunk and what that imports, and nothing of the dashboard or the player', () => {
  const { scripts, styles } = filesOf(['web/client.tsx', moduleOf('home'), 'web/i18n/en.ts']);
  expect(scripts[0]).toBe(`/${manifest['web/client.tsx']!.file}`);
  expect(scripts).toContain(`/${manifest[moduleOf('home')]!.file}`);
  expect(styles.length).toBeGreaterThan(0);
  for (const module of ['web/admin/app.tsx', 'web/player/player.ts', 'web/player/hls.ts'])
    expect(scripts).not.toContain(`/${manifest[module]!.file}`);
});
