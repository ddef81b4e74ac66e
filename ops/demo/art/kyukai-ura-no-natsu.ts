import { cumulus, grass, ridge, sky } from '../draw/nature.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import { bird } from './figures.ts';
import type { Painter } from './painter.ts';

/** The ground with the lighthouse in left field, under the tallest cloud of the summer. */
export const kyukaiUraNoNatsu: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#1567b8'],
    [0.4, '#3f9fdc'],
    [0.62, '#a8e0ee'],
  ]);
  const sea = h * 0.6;
  const tower: [number, number] = wide ? [w * 0.3, 0] : [w * 0.36, 0];
  for (const [dx, y, cw, ch] of [
    [0, 0, 900, 330],
    [-60, -170, 640, 300],
    [40, -360, 420, 220],
  ] as const)
    cumulus(
      g,
      tower[0] + dx,
      sea + 10 + y,
      cw * (wide ? 1 : 0.8),
      ch,
      ['#9cc6e6', '#e8f4fb', '#ffffff'],
      5 + ch,
    );
  g.fillStyle = wash(g, sea, h, [
    [0, '#2f8fc4'],
    [0.2, '#1f6aa8'],
  ]);
  g.fillRect(0, sea, w, h);
  for (let i = 0; i < 26; i++)
    ink(
      g,
      [
        [(i * 173) % w, sea + 8 + (i % 6) * 11],
        [((i * 173) % w) + 70, sea + 8 + (i % 6) * 11],
      ],
      3,
      '#bfe6f4aa',
    );
  const cape = ridge(g, w, h * 0.675, 12, h, '#4f9a5e', 2);
  placed(g, { x: wide ? w * 0.12 : w * 0.13, y: cape(100) + 10, sx: wide ? 1 : 0.9 }, lighthouse);
  field(g, w, h, fx);
  placed(g, { x: fx, y: h * (wide ? 0.985 : 0.97), sx: wide ? 1.12 : 1.16 }, batter);
  for (const [x, y, s] of [
    [0.5, 0.2, 0.8],
    [0.56, 0.17, 0.5],
    [0.8, 0.3, 0.6],
  ] as const)
    bird(g, w * x, h * y, s, '#ffffff');
  const [bx, by] = [fx - (wide ? 470 : 250), h * 0.3];
  ink(
    g,
    [
      [bx + 240, by + 200],
      [bx + 110, by + 76],
      [bx, by],
    ],
    15,
    '#ffffffaa',
    (t) => t,
  );
  oval(g, bx, by, 24, 24, { fill: '#ffffff', line: '#33507a', width: 4 });
  for (const s of [-1, 1])
    ink(
      g,
      [
        [bx + s * 16, by - 16],
        [bx + s * 7, by],
        [bx + s * 16, by + 16],
      ],
      4,
      '#d8473c',
      () => 1,
    );
  grass(g, 0, w, () => h + 6, 70, ['#2f7a44', '#4f9a4f', '#3b8a4a'], 4, 8);
};

function field(g: Pen, w: number, h: number, fx: number): void {
  const y = h * 0.73;
  shape(
    g,
    [
      [-10, y],
      [w + 10, y - 10],
      [w + 10, h + 10],
      [-10, h + 10],
    ],
    {
      fill: wash(g, y, h, [
        [0, '#74bb5a'],
        [1, '#4a9a4c'],
      ]),
      sharp: true,
    },
  );
  for (let i = 0; i < 8; i++)
    shape(
      g,
      [
        [fx + (i - 4) * 300, y],
        [fx + (i - 3.5) * 300, y],
        [fx + (i - 3.2) * 620, h + 10],
        [fx + (i - 4) * 620, h + 10],
      ],
      { fill: '#ffffff14', sharp: true },
    );
  shape(
    g,
    [
      [fx - 760, y + 70],
      [fx - 150, y + 22],
      [fx + 460, y + 64],
      [fx + 620, h + 40],
      [fx - 520, h + 40],
    ],
    { fill: '#d9a066' },
  );
  shape(
    g,
    [
      [fx - 480, y + 96],
      [fx - 140, y + 50],
      [fx + 260, y + 94],
      [fx, h * 0.93],
    ],
    { fill: '#66b055', sharp: true },
  );
  oval(g, fx - 130, y + 98, 76, 16, { fill: '#d9a066' });
  for (const [x, yy] of [
    [-146, 44],
    [-500, 92],
    [268, 88],
  ] as const)
    box(g, fx + x, y + yy, 30, 12, { fill: '#ffffff', line: '#8a6a4a', width: 3 });
  ink(
    g,
    [
      [fx - 20, h],
      [fx - 760, y + 40],
    ],
    7,
    '#ffffff',
    () => 1,
  );
  ink(
    g,
    [
      [fx + 20, h],
      [fx + 620, y + 40],
    ],
    7,
    '#ffffff',
    () => 1,
  );
  for (let x = -20; x < w; x += 90) box(g, x, y - 46, 84, 44, { fill: '#2f6a5c', line: '#1d4a44', width: 4 });
}

function lighthouse(g: Pen): void {
  const line = '#31455f';
  shape(g, '-62,0 -40,-380 40,-380 62,0', {
    fill: '#fdfaf0',
    line,
    width: 6,
    sharp: true,
    shade: (g) => {
      for (const y of [-310, -190, -70]) box(g, -80, y, 160, 60, { fill: '#e0523f' });
      shape(g, '14,-400 26,10 90,10 90,-400', { fill: '#2a3f6a33', sharp: true });
    },
  });
  box(g, -58, -398, 116, 18, { fill: '#31455f' });
  glow(g, 0, -426, 110, '#fff3b0', 0.8);
  box(g, -30, -450, 60, 54, { fill: '#fff0a8', line, width: 6 });
  shape(g, '-46,-450 0,-506 46,-450', { fill: '#e0523f', line, width: 6, sharp: true });
  for (const y of [-250, -130]) box(g, -13, y, 26, 36, { fill: '#6f9ac4', line, width: 4 });
}

/** From behind, after the swing. */
function batter(g: Pen): void {
  const line = '#22345c';
  const white = '#fdfbf3';
  const shade = '#b9cbe6';
  shape(g, '-60,-260 -110,-130 -150,-20 -90,-6 -40,-110 0,-220', {
    fill: white,
    line,
    width: 7,
    shade: (g) => shape(g, '-40,-270 -90,-130 -120,0 0,0 20,-240', { fill: shade }),
  });
  shape(g, '10,-220 60,-120 110,-10 170,-22 124,-140 70,-260', {
    fill: white,
    line,
    width: 7,
    shade: (g) => shape(g, '60,-270 100,-130 140,0 220,0 120,-270', { fill: shade }),
  });
  for (const [x, y] of [
    [-124, -12],
    [144, -12],
  ] as const)
    shape(
      g,
      [
        [x - 44, y - 40],
        [x + 26, y - 44],
        [x + 42, y + 8],
        [x - 60, y + 10],
      ],
      { fill: '#22345c', line, width: 6 },
    );
  shape(g, '-84,-480 -100,-360 -80,-240 0,-222 84,-240 100,-360 84,-480 0,-510', {
    fill: white,
    line,
    width: 7,
    shade: (g) => {
      shape(g, '30,-520 50,-380 40,-200 160,-200 150,-500', { fill: shade });
      // The number nine, drawn as a stroke.
      ink(g, '36,-410 -4,-440 -42,-410 -20,-370 30,-384 38,-416 26,-330 -14,-290', 22, '#e0523f', () => 1);
    },
  });
  box(g, -88, -252, 176, 24, { fill: '#22345c', line, width: 5 });
  // Both arms have followed the bat round to the left.
  shape(g, '-70,-490 -150,-500 -216,-560 -190,-600 -120,-560 -40,-530', { fill: white, line, width: 7 });
  shape(g, '70,-490 10,-560 -120,-606 -190,-610 -186,-650 -100,-650 40,-610 110,-530', {
    fill: white,
    line,
    width: 7,
    shade: (g) => shape(g, '-160,-600 20,-570 90,-480 140,-500 60,-600', { fill: shade }),
  });
  ink(g, '-190,-600 -330,-690 -452,-756', 40, '#c98a4a', (t) => 0.45 + 0.55 * t);
  ink(g, '-196,-616 -330,-700 -446,-770', 10, '#e8b878', (t) => 0.5 + 0.5 * t);
  oval(g, -196, -606, 33, 31, { fill: '#f3c6a5', line, width: 6 });
  shape(g, '-56,-520 -70,-600 -50,-660 0,-680 50,-660 70,-600 56,-520 0,-502', {
    fill: '#2f2a3a',
    line,
    width: 7,
  });
  for (const s of [-1, 1]) oval(g, s * 68, -574, 15, 22, { fill: '#f3c6a5', line, width: 5 });
  shape(g, '-78,-600 -74,-680 0,-724 74,-680 78,-600 0,-584', {
    fill: '#2657a8',
    line,
    width: 7,
    shade: (g) => shape(g, '20,-730 50,-660 40,-580 120,-580 120,-730', { fill: '#1a3f80' }),
  });
  ink(g, '0,-720 -4,-650 0,-590', 4, '#1a3f80', () => 1);
  oval(g, 0, -722, 11, 8, { fill: '#1a3f80' });
}
