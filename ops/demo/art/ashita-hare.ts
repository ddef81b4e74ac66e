import { moku } from '../cast/moku.ts';
import { lantern, teru } from '../cast/teru.ts';
import { bush, cedar, ridge, sky } from '../draw/nature.ts';
import { hydrangea, rain } from '../draw/weather.ts';
import { glow, ink, placed, shape, wash } from '../draw/shape.ts';
import type { Painter } from './painter.ts';

/** The doll under its leaf on the wet hill, the cloud above, the town's lanterns behind. */
export const ashitaHare: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#2c3f6e'],
    [0.45, '#5d7fa8'],
    [0.7, '#a9c3c4'],
    [1, '#d6dcc0'],
  ]);
  const cx = wide ? w * 0.36 : w * 0.5;
  placed(g, { x: cx, y: wide ? h * 0.24 : h * 0.17, sx: wide ? 0.86 : 0.8 }, (g) =>
    moku(g, { eyes: 'sad', mouth: 'flat', tears: 0.22 }),
  );
  ridge(
    g,
    w,
    h * 0.62,
    60,
    h,
    wash(g, h * 0.55, h, [
      [0, '#7596a2'],
      [1, '#9fbcae'],
    ]),
    4,
  );
  const mid = ridge(g, w, h * 0.72, 46, h, '#567f83', 9);
  for (let x = 20; x < w; x += 74)
    cedar(g, x + ((x * 37) % 40), mid(x) + 30, 110 + ((x * 53) % 70), ['#3a6470', '#47757a']);
  for (const t of [0.16, 0.24, 0.31, 0.62, 0.83, 0.91]) {
    glow(g, w * t, h * 0.765, 70, '#ffc06a', 0.7);
    placed(g, { x: w * t, y: h * 0.75, sx: 0.3 }, (g) => lantern(g, 40, 0));
  }
  const near = ridge(
    g,
    w,
    h * 0.83,
    26,
    h,
    wash(g, h * 0.8, h, [
      [0, '#4f8a5c'],
      [1, '#2b5a4c'],
    ]),
    15,
  );
  // Stepping stones, up the hill.
  for (let i = 0; i < 5; i++) {
    const [x, y, s] = [fx + 150 - i * 70, near(fx) + 150 - i * 34, 1 - i * 0.13];
    shape(
      g,
      [
        [x - 90 * s, y],
        [x - 40 * s, y - 22 * s],
        [x + 60 * s, y - 20 * s],
        [x + 92 * s, y + 4 * s],
        [x, y + 26 * s],
      ],
      { fill: '#9aa7a6', line: '#2d4a4c', width: 4 },
    );
  }
  placed(g, { x: fx, y: near(fx) - (wide ? 160 : 190), sx: wide ? 1.02 : 1.2, turn: -0.05 }, (g) =>
    teru(g, { holds: 'leaf', eyes: 'open', mouth: 'smile', look: [-0.3, -0.5], sway: 0.35 }),
  );
  rain(g, w, h, 150, 3, '#e9f4ff', 0.16);
  for (const [t, y, s] of wide
    ? ([
        [0.02, 1.02, 1.1],
        [0.13, 1.06, 0.9],
        [0.88, 1.04, 1],
        [0.99, 1, 1.2],
      ] as const)
    : ([
        [0.02, 0.99, 1],
        [0.24, 1.04, 0.8],
        [0.85, 1.03, 0.9],
        [1, 0.98, 1.1],
      ] as const)) {
    bush(g, w * t, h * y + 40, 300 * s, 190 * s, ['#1f4a48', '#2f6b58', '#3f8062'], 7 + t * 90);
    for (let i = 0; i < 4; i++)
      hydrangea(
        g,
        w * t + (i - 1.5) * 74 * s,
        h * y - 90 * s + (i % 2) * 50,
        52 * s,
        i % 2 ? 'pink' : 'blue',
        i + t * 50,
      );
  }
  ink(
    g,
    [
      [0, -4],
      [w * 0.5, 6],
      [w, -4],
    ],
    26,
    '#22304f',
    () => 1,
  );
};
