import { random } from '../draw/random.ts';
import { cumulus, grass, ridge, sky, streaks } from '../draw/nature.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import { bird, person } from './figures.ts';
import type { Painter } from './painter.ts';

/** Dusk at the last station: one lit carriage between the hill and the sea. */
export const shiosaiTerminal: Painter = (g, { w, h, wide, fx }) => {
  const sea = h * (wide ? 0.56 : 0.52);
  sky(g, w, sea, [
    [0, '#3a3566'],
    [0.35, '#8a5a8e'],
    [0.68, '#f08f74'],
    [1, '#ffd58e'],
  ]);
  streaks(g, w, h * 0.1, sea * 0.9, 14, '#ffb98a66', 5);
  cumulus(g, w * 0.22, sea + 4, w * 0.5, h * 0.11, ['#b0607f', '#e08a83', '#ffbe94'], 3);
  const sun = wide ? w * 0.38 : w * 0.34;
  glow(g, sun, sea, 420, '#ffe6a8', 0.9);
  oval(g, sun, sea - 20, 74, 74, { fill: '#fff2c4' });
  g.fillStyle = wash(g, sea, h, [
    [0, '#f7a97c'],
    [0.18, '#b0698a'],
    [0.6, '#4b4578'],
    [1, '#2f2f58'],
  ]);
  g.fillRect(0, sea, w, h - sea);
  glitter(g, sun, sea, h);
  const cape = w * (wide ? 0.72 : 0.6);
  shape(
    g,
    [
      [cape, sea + 4],
      [cape + 120, sea - 46],
      [cape + 300, sea - 110],
      [w + 60, sea - 170],
      [w + 60, sea + 8],
    ],
    {
      fill: '#6b4a7a',
      shade: (g) =>
        shape(
          g,
          [
            [cape + 200, sea + 20],
            [cape + 340, sea - 60],
            [w + 80, sea - 90],
            [w + 80, sea + 20],
          ],
          { fill: '#563c6b' },
        ),
    },
  );
  const platform = h * (wide ? 0.83 : 0.8);
  train(g, wide ? fx - 330 : -170, platform - 20);
  shape(
    g,
    [
      [-10, platform],
      [w + 10, platform - 6],
      [w + 10, h + 10],
      [-10, h + 10],
    ],
    {
      fill: wash(g, platform, h, [
        [0, '#6f5c77'],
        [1, '#33294c'],
      ]),
      sharp: true,
    },
  );
  g.fillStyle = '#f0c168';
  for (let x = -20; x < w; x += 62) g.fillRect(x, platform + 26, 44, 8);
  ink(
    g,
    [
      [-10, platform + 2],
      [w + 10, platform - 4],
    ],
    7,
    '#ffcf9a',
    () => 1,
  );
  lamp(g, wide ? w * 0.2 : w * 0.84, platform + 60);
  placed(g, { x: wide ? w * 0.47 : w * 0.3, y: platform + 78, sx: 1.12 }, (g) =>
    person(g, { hair: '#2d2238', top: '#e9e2ee', bottom: '#3c4a7d', line: '#241a30', wind: 0.5 }),
  );
  for (const [x, y, s] of [
    [0.12, 0.2, 0.8],
    [0.2, 0.16, 0.5],
    [0.5, 0.26, 0.6],
  ] as const)
    bird(g, w * x, h * y, s, '#4a3768');
  ridge(g, w, h * 0.985, 10, h + 20, '#241d3a', 21);
  grass(g, 0, w, () => h * 0.99, 90, ['#241d3a', '#33284d', '#3f3058'], 8, 12);
};

function glitter(g: Pen, x: number, y0: number, y1: number): void {
  const r = random(11);
  g.fillStyle = '#ffe9b4';
  for (let i = 0; i < 110; i++) {
    const t = r() ** 1.5;
    const y = y0 + 6 + t * (y1 - y0) * 0.6;
    const [len, off] = [r.between(14, 90) * (0.4 + t), (r() - 0.5) * (70 + t * 340)];
    g.globalAlpha = r.between(0.35, 0.9) * (1 - t * 0.6);
    g.beginPath();
    g.ellipse(x + off, y, len / 2, 1.6 + t * 3, 0, 0, 7);
    g.fill();
  }
  g.globalAlpha = 1;
}

function train(g: Pen, x: number, y: number): void {
  placed(g, { x, y }, (g) => {
    const line = '#33213f';
    for (const wx of [120, 230, 660, 770]) oval(g, wx, 2, 34, 34, { fill: '#2b2038', line, width: 5 });
    shape(g, '0,-20 4,-230 30,-262 860,-262 886,-230 892,-20', {
      sharp: true,
      fill: '#efe0c4',
      line,
      width: 6,
      shade: (g) => {
        box(g, -10, -118, 920, 120, { fill: '#c8604f' });
        box(g, -10, -128, 920, 12, { fill: '#fff3d8' });
        box(g, -10, -48, 920, 40, { fill: '#8f3d47' });
        g.fillStyle = '#00000018';
        g.fillRect(-10, -266, 920, 22);
      },
    });
    shape(g, '20,-262 60,-284 830,-284 870,-262', { fill: '#8d8aa0', line, width: 5, sharp: true });
    for (let i = 0; i < 7; i++) {
      const wx = 128 + i * 92;
      glow(g, wx + 34, -190, 90, '#ffdf9a', 0.5);
      box(g, wx, -222, 70, 76, {
        fill: wash(g, -222, -146, [
          [0, '#fff0bd'],
          [1, '#ffce7c'],
        ]),
        line,
        width: 5,
      });
      ink(
        g,
        [
          [wx, -184],
          [wx + 70, -184],
        ],
        4,
        line,
        () => 1,
      );
    }
    for (const wx of [36, 786]) box(g, wx, -228, 66, 200, { fill: '#e3a45b', line, width: 5 });
    for (const wx of [46, 796]) box(g, wx, -216, 46, 70, { fill: '#ffe9b0', line, width: 4 });
    for (const i of [1, 4]) oval(g, 128 + i * 92 + 36, -168, 15, 18, { fill: '#5d4256' });
    glow(g, 894, -80, 120, '#fff1c2', 0.9);
    oval(g, 888, -80, 12, 14, { fill: '#fffbe8' });
  });
}

function lamp(g: Pen, x: number, y: number): void {
  ink(
    g,
    [
      [x, y],
      [x, y - 380],
      [x + 12, y - 420],
      [x + 60, y - 428],
    ],
    11,
    '#2d2238',
    () => 1,
  );
  glow(g, x + 66, y - 396, 190, '#ffe3a0', 0.8);
  shape(
    g,
    [
      [x + 30, y - 414],
      [x + 66, y - 440],
      [x + 102, y - 414],
    ],
    { fill: '#2d2238', sharp: true },
  );
  oval(g, x + 66, y - 408, 20, 13, { fill: '#fff6d8' });
}
