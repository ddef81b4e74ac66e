import { random } from '../draw/random.ts';
import { cedar, moon, ridge, sky, stars } from '../draw/nature.ts';
import { drift } from '../draw/weather.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import { lantern } from '../cast/teru.ts';
import type { Painter } from './painter.ts';

/** A grandmother and a girl lead the winter out of the village by lantern light. */
export const yukiokuri: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#151d44'],
    [0.5, '#33477f'],
    [0.8, '#7d8fc0'],
  ]);
  stars(g, w, h * 0.5, 130, 4);
  moon(g, wide ? w * 0.3 : w * 0.74, h * 0.17, 56);
  // Mountains with snow on their lit side.
  for (const [x, y, s, tone] of [
    [0.2, 0.36, 1.1, '#4c5f98'],
    [0.85, 0.3, 1.3, '#44578f'],
    [0.55, 0.42, 0.9, '#5a6da6'],
  ] as const) {
    const [px, py] = [w * x, h * y];
    shape(
      g,
      [
        [px, py],
        [px - 480 * s, h * 0.75],
        [px + 480 * s, h * 0.75],
      ],
      {
        fill: tone,
        sharp: true,
        shade: (g) =>
          shape(
            g,
            [
              [px, py - 10],
              [px - 500 * s, h * 0.76],
              [px - 200 * s, h * 0.76],
              [px - 90 * s, py + 190 * s],
              [px - 60 * s, py + 120 * s],
              [px + 20, py + 150 * s],
            ],
            { fill: '#c4d0ee', sharp: true },
          ),
      },
    );
  }
  const far = ridge(g, w, h * 0.66, 24, h, '#8d9ccb', 6);
  for (let x = 10; x < w; x += 52)
    cedar(g, x + ((x * 31) % 36), far(x) + 26, 90 + ((x * 47) % 60), ['#35457a', '#475a92', '#dfe7fa']);
  ridge(
    g,
    w,
    h * 0.72,
    20,
    h,
    wash(g, h * 0.7, h, [
      [0, '#b9c6ea'],
      [1, '#8796c8'],
    ]),
    10,
  );
  const houses = wide
    ? [
        [0.1, 0.79, 0.7],
        [0.29, 0.81, 0.95],
        [0.93, 0.8, 0.85],
      ]
    : [
        [0.16, 0.73, 0.7],
        [0.84, 0.755, 0.9],
      ];
  for (const [x, y, s] of houses) placed(g, { x: w * x!, y: h * y!, sx: s! }, house);
  const y = h * 0.86;
  ridge(
    g,
    w,
    y,
    16,
    h + 10,
    wash(g, y, h, [
      [0, '#eef3ff'],
      [1, '#a7b6e2'],
    ]),
    17,
  );
  const path = wide ? fx : w * 0.5;
  for (let i = 0; i < 12; i++)
    oval(g, path + 210 - i * 46 + (i % 2) * 14, h * 0.985 - i * 7, 15 - i * 0.5, 6, { fill: '#8d9cd0' });
  placed(g, { x: path - 70, y: h * 0.93, sx: 1.25 }, (g) => walker(g, '#5a6fa8', '#c7d3f2', true));
  placed(g, { x: path + 110, y: h * 0.945, sx: 0.94 }, (g) => walker(g, '#d2534f', '#ffe9c9', false));
  placed(g, { x: path - 178, y: h * 0.78, sx: 0.62 }, (g) => lantern(g, 52, 1));
  drift(g, w, h, wide ? 200 : 130, 9, ['#ffffff', '#e6edff'], 'snow');
};

function house(g: Pen): void {
  const line = '#2a2c52';
  glow(g, 0, -70, 260, '#ffc66f', 0.5);
  box(g, -150, -130, 300, 140, { fill: '#5d4a5e', line, width: 5 });
  for (const x of [-118, -30, 58])
    box(g, x, -100, 62, 74, {
      fill: wash(g, -100, -26, [
        [0, '#ffe8a6'],
        [1, '#ffb45c'],
      ]),
      line,
      width: 5,
    });
  for (const x of [-87, 1, 89])
    ink(
      g,
      [
        [x, -100],
        [x, -26],
      ],
      4,
      line,
      () => 1,
    );
  shape(g, '0,-400 -210,-120 -176,-106 0,-330 176,-106 210,-120', {
    fill: '#463a58',
    line,
    width: 5,
    sharp: true,
  });
  shape(g, '0,-330 -150,-130 150,-130', { fill: '#6d5868', line, width: 5, sharp: true });
  box(g, -34, -230, 68, 56, { fill: '#ffcf78', line, width: 5 });
  shape(
    g,
    '0,-430 -60,-372 -226,-146 -236,-116 -196,-118 -150,-190 0,-372 150,-190 196,-118 236,-116 226,-146 60,-372',
    { fill: '#f2f6ff', line: '#7c8cc0', width: 4 },
  );
}

function walker(g: Pen, coat: string, hood: string, old: boolean): void {
  const line = '#2a2c52';
  const lean = old ? -16 : 0;
  for (const s of [-1, 1])
    shape(
      g,
      [
        [s * 16 - 12, -20],
        [s * 16 - 14, 2],
        [s * 16 + 12, 2],
        [s * 16 + 10, -20],
      ],
      { fill: '#6b4a3c', line, width: 3 },
    );
  shape(
    g,
    [
      [-30 + lean, -134],
      [-52, -40],
      [-54, -12],
      [54, -12],
      [52, -40],
      [30 + lean, -134],
    ],
    {
      fill: coat,
      line,
      width: 4,
      shade: (g) => shape(g, '10,-140 24,-60 20,0 80,0 70,-120', { fill: '#00000033' }),
    },
  );
  // The straw cape that snow country wears.
  shape(
    g,
    [
      [-20 + lean, -150],
      [-56 + lean, -92],
      [-64, -60],
      [-36, -70],
      [-14, -56],
      [12, -70],
      [36, -56],
      [62, -64],
      [54 + lean, -96],
      [20 + lean, -150],
    ],
    { fill: '#d9b878', line, width: 4 },
  );
  const r = random(3);
  for (let i = 0; i < 9; i++)
    ink(
      g,
      [
        [(r() - 0.5) * 40 + lean, -140],
        [(i - 4) * 13, -70],
      ],
      3,
      '#9a7640',
      (t) => t,
    );
  shape(
    g,
    [
      [lean, -216],
      [-36 + lean, -196],
      [-42 + lean, -158],
      [-24 + lean, -138],
      [24 + lean, -138],
      [42 + lean, -158],
      [36 + lean, -196],
    ],
    { fill: hood, line, width: 4 },
  );
  if (old) {
    ink(g, '-60,-118 -92,-150', 14, coat, () => 1);
    ink(g, '-86,0 -88,-160 -90,-196', 7, '#6b4a3c', () => 1);
  }
}
