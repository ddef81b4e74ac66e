import { random } from '../draw/random.ts';
import { cedar, moon, ridge, sky, stars } from '../draw/nature.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import { lantern } from '../cast/teru.ts';
import { person } from './figures.ts';
import type { Painter } from './painter.ts';

/** Lanterns climb to the shrine with nobody under them; a boy looks. */
export const chochinYako: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#0a1418'],
    [0.45, '#16303a'],
    [0.8, '#3f3a3c'],
  ]);
  stars(g, w, h * 0.4, 70, 13, '#d8e4d0');
  moon(g, wide ? fx - 180 : fx + 140, h * 0.2, wide ? 120 : 110, '#e8604a');
  ridge(g, w, h * 0.62, 40, h, '#1a2c30', 5);
  const peak = fx + (wide ? 80 : 0);
  const top = h * 0.36;
  shape(
    g,
    [
      [peak - 130, top],
      [peak + 130, top],
      [peak + 330, h * 0.55],
      [peak + 800, h * 0.9],
      [w + 900, h + 20],
      [peak - 1400, h + 20],
      [peak - 640, h * 0.88],
      [peak - 340, h * 0.58],
    ],
    {
      fill: wash(g, top, h, [
        [0, '#22332f'],
        [1, '#0c1516'],
      ]),
    },
  );
  const r = random(3);
  for (let i = 0; i < 46; i++) {
    const t = r();
    const x = peak + (r() < 0.5 ? -1 : 1) * (150 + t * 760 + r.between(0, 100));
    cedar(g, x, top + 70 + t * h * 0.5, r.between(100, 200), ['#0b1517', '#14231f', '#22362c']);
  }
  placed(g, { x: peak, y: top + 6, sx: wide ? 0.92 : 0.86 }, shrine);
  procession(g, peak, top + 30, h);
  placed(g, { x: wide ? w * 0.3 : w * 0.24, y: h * 0.97, sx: 1.3 }, (g) =>
    person(g, { hair: '#15181f', top: '#5a6b86', bottom: '#2a3346', skin: '#c9a58f', line: '#080c10' }),
  );
  for (const s of [-1, 1]) branch(g, s > 0 ? w : 0, s);
};

/** The path winds; the lanterns near us are large. The last one is not lit yet. */
function procession(g: Pen, x0: number, y0: number, h: number): void {
  const count = 19;
  for (let i = 0; i < count; i++) {
    const t = i / (count - 1);
    const y = y0 + t ** 1.35 * (h * 0.9 - y0);
    const x = x0 + Math.sin(t * 8.2) * (30 + t * 190);
    const s = 6 + t ** 1.6 * 34;
    oval(g, x, y + s * 4.4, s * 2, s * 0.5, { fill: i === count - 1 ? '#00000055' : '#ffb45a33' });
    placed(g, { x, y }, (g) => lantern(g, s, i === count - 1 ? 0 : 1));
  }
}

function shrine(g: Pen): void {
  const line = '#070d0f';
  glow(g, 0, -110, 330, '#ff8a4a', 0.6);
  box(g, -110, -120, 220, 124, { fill: '#2c1a1c', line, width: 5 });
  for (const x of [-80, -20, 40]) box(g, x, -96, 40, 96, { fill: '#ffae5a', line, width: 5 });
  shape(g, '-190,-110 -120,-150 -60,-220 0,-236 60,-220 120,-150 190,-110 120,-122 0,-126 -120,-122', {
    fill: '#1d2a2c',
    line,
    width: 5,
  });
  for (const s of [-1, 1])
    ink(
      g,
      [
        [s * 20, -232],
        [s * 50, -276],
      ],
      9,
      '#1d2a2c',
      () => 1,
    );
  // The gate in front.
  for (const s of [-1, 1])
    ink(
      g,
      [
        [s * 128, -190],
        [s * 142, 30],
      ],
      24,
      '#a8322c',
      () => 1,
    );
  ink(g, '-190,-208 -90,-198 0,-196 90,-198 190,-208', 24, '#c23f34', () => 1);
  ink(g, '-196,-222 -90,-213 0,-211 90,-213 196,-222', 11, line, () => 1);
  ink(g, '-150,-150 150,-150', 17, '#a8322c', () => 1);
  ink(g, '-100,-128 -40,-112 40,-112 100,-128', 13, '#d8c28a', () => 1);
  for (const x of [-60, 0, 60])
    shape(
      g,
      [
        [x - 9, -116],
        [x + 9, -116],
        [x, -96],
        [x + 11, -78],
        [x - 7, -84],
      ],
      { fill: '#f3efe2', sharp: true },
    );
}

function branch(g: Pen, x: number, s: number): void {
  ink(
    g,
    [
      [x + s * 40, 20],
      [x - s * 140, 70],
      [x - s * 260, 60],
      [x - s * 360, 110],
    ],
    34,
    '#060b0d',
    (t) => 1 - t * 0.85,
  );
  ink(
    g,
    [
      [x - s * 110, 64],
      [x - s * 180, 140],
      [x - s * 270, 170],
    ],
    17,
    '#060b0d',
    (t) => 1 - t * 0.8,
  );
  const r = random(s + 5);
  for (let i = 0; i < 60; i++) {
    const t = r();
    placed(g, { x: x - s * t * 380, y: 50 + r.between(-40, 130) * (0.4 + t), turn: r() * 6 }, (g) =>
      shape(g, '0,-22 10,-2 0,20 -10,-2', { fill: r.pick(['#0b1517', '#142622', '#5a2420']) }),
    );
  }
}
