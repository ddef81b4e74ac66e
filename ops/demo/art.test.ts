import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { artOf, paint, painters } from './art.ts';
import { codeHash } from './cache.ts';
import { demoTitles } from './titles.ts';

test('every title has a painter, and every painter a title', () => {
  expect(Object.keys(painters).sort()).toEqual(demoTitles.map((t) => t.slug).sort());
});

test.each(Object.keys(painters))(
  '%s is a picture: many colours, all over, and the same each time',
  (slug) => {
    for (const role of ['poster', 'backdrop'] as const) {
      const canvas = paint(slug, role);
      const small = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      const colours = new Set<number>();
      for (let i = 0; i < small.length; i += 4 * 97) {
        expect(small[i + 3]).toBe(255);
        colours.add((small[i]! << 16) | (small[i + 1]! << 8) | small[i + 2]!);
      }
      expect(colours.size).toBeGreaterThan(200);
      expect(Buffer.compare(paint(slug, role).data(), canvas.data())).toBe(0);
    }
  },
);

test('a picture is small, has a thumbhash, and is drawn once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-art-'));
  const first = await artOf('kaitei-depato', 'poster', folder, 'v1');
  expect(first.webp.length).toBeLessThanOrEqual(64_000);
  expect(Buffer.from(first.thumbhash, 'base64').length).toBeGreaterThan(15);
  const image = await loadImage(Buffer.from(first.webp));
  expect([image.width, image.height]).toEqual([first.width, first.height]);
  const files = await readdir(folder);
  expect(await artOf('kaitei-depato', 'poster', folder, 'v1')).toEqual(first);
  expect(await readdir(folder)).toEqual(files);
  await rm(folder, { recursive: true });
});

test('the version is that of the code: stable, and of what was asked for', async () => {
  expect(await codeHash('draw', 'art.ts')).toMatch(/^[0-9a-f]{16}$/);
  expect(await codeHash('draw', 'art.ts')).toBe(await codeHash('draw', 'art.ts'));
  expect(await codeHash('draw')).not.toBe(await codeHash('cast'));
});
