import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blends, distance, lookAt, shrink, type Pixels } from './look.ts';
import { drawn, mixed, smoothed } from './look.fixture.ts';

const scene = drawn(1);
const other = drawn(2);

describe('what is measured on a picture', () => {
  it('tells a blurred picture from a clear one, whatever its contrast', () => {
    const clear = lookAt(0, scene);
    const blurred = lookAt(0, smoothed(scene, 6));
    const pale = lookAt(0, mixed(scene, drawn(0), 0.7));
    expect(blurred.sharpness).toBeLessThan(clear.sharpness / 3);
    expect(pale.sharpness).toBeGreaterThan(clear.sharpness / 1.5);
    expect(pale.contrast).toBeLessThan(clear.contrast / 2);
  });

  it('knows black, white and grey', () => {
    const flat = (value: number) =>
      lookAt(0, { ...scene, rgb: new Uint8Array(scene.rgb.length).fill(value) });
    expect(flat(0)).toMatchObject({ brightness: 0, contrast: 0, entropy: 0, colour: 0 });
    expect(flat(255)).toMatchObject({ brightness: 1, contrast: 0, entropy: 0, colour: 0 });
    expect(lookAt(0, scene).colour).toBeGreaterThan(0.1);
  });

  it('is nearer to itself a moment later than to another shot', () => {
    const [here, later, there] = [scene, mixed(scene, other, 0.05), other].map((pixels) => lookAt(0, pixels));
    expect(distance(here!, here!)).toBe(0);
    expect(distance(here!, later!)).toBeLessThan(distance(here!, there!) / 5);
  });
});

describe('fades and dissolves', () => {
  const black: Pixels = { ...scene, rgb: new Uint8Array(scene.rgb.length) };
  it.each([
    ['a fade from black', black, scene],
    ['a fade to black', scene, black],
    ['a dissolve', scene, other],
  ])('%s is seen', (_, from, to) => {
    expect(blends(mixed(from, to, 0.2), mixed(from, to, 0.45), mixed(from, to, 0.7))).toBe(true);
  });
  it('stillness, movement and a cut are none', () => {
    const moved = (by: number): Pixels => {
      const rgb = new Uint8Array(scene.rgb.length);
      for (let y = 0; y < scene.height; y++)
        for (let x = 0; x < scene.width * 3; x++)
          rgb[y * scene.width * 3 + x] = scene.rgb[y * scene.width * 3 + ((x + by * 3) % (scene.width * 3))]!;
      return { ...scene, rgb };
    };
    expect(blends(scene, scene, scene)).toBe(false);
    expect(blends(scene, moved(8), moved(16))).toBe(false);
    expect(blends(scene, scene, other)).toBe(false);
    expect(blends(scene, other, other)).toBe(false);
  });
});

it('shrinks by means, and keeps the mean', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8 * 4 * 3, maxLength: 8 * 4 * 3 }), (rgb) => {
      const small = shrink({ width: 8, height: 4, rgb }, 2);
      expect([small.width, small.height, small.rgb.length]).toEqual([4, 2, 24]);
      const mean = (values: Uint8Array) => values.reduce((a, b) => a + b, 0) / values.length;
      expect(Math.abs(mean(small.rgb) - mean(rgb))).toBeLessThanOrEqual(0.5);
    }),
  );
});
