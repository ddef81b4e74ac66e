import { expect, it } from 'vitest';
import manifest from './dist/.vite/assets.js';
import { heads } from './heads.ts';
import { paths } from './paths.ts';
import { islandModules } from './islands.ts';
import { moduleOf, pages } from './routes.ts';
import { wakes } from './waking.ts';
import { filesOf } from './document.tsx';

const names = Object.keys(pages) as (keyof typeof pages)[];

it('has a page and a head for every address', () => {
  expect(names.filter((name) => name !== 'problem').sort()).toEqual(Object.keys(paths).sort());
  expect(Object.keys(heads).sort()).toEqual([...names].sort());
});

it.each(names)(
  '%s stands where its name says: a chunk of its own if it wakes up, none at all if it stays HTML',
  async (name) => {
    expect(typeof (await pages[name]()).default).toBe('function');
    const file = manifest[moduleOf(name)]?.file;
    expect(file !== undefined).toBe(wakes(name));
  },
);

it.each(Object.entries(islandModules))('the island %s is a chunk of its own', (_name, module) => {
  expect(manifest[module]?.file).toMatch(/^assets\/.+\.js$/);
});

it('gives every page the entry, which loads neither Preact nor words; nobody gets the dashboard or the player', () => {
  const { scripts, styles } = filesOf(['web/client.ts']);
  expect(scripts[0]).toBe(`/${manifest['web/client.ts']!.file}`);
  expect(styles.length).toBeGreaterThan(0);
  const later = [
    'web/wake.tsx',
    'web/i18n/en.ts',
    'web/admin/app.tsx',
    'web/player/player.ts',
    'web/player/hls.ts',
  ];
  for (const module of later)
    for (const script of filesOf([module]).scripts.slice(0, 1)) expect(scripts).not.toContain(script);
  const whole = filesOf([
    'web/client.ts',
    'web/wake-page.tsx',
    moduleOf('sign-in'),
    'web/i18n/en.ts',
  ]).scripts;
  expect(whole).toContain(`/${manifest[moduleOf('sign-in')]!.file}`);
  expect(whole).not.toContain(`/${manifest['web/admin/app.tsx']!.file}`);
});
