import { random } from '../draw/random.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import type { Painter } from './painter.ts';

/** One bowl in a narrow kitchen; its steam rises as the waves of an old print. */
export const hitokuchiHyakkei: Painter = (g, { w, h, wide, fx }) => {
  g.fillStyle = wash(g, 0, h, [
    [0, '#c98a4f'],
    [0.6, '#e8b878'],
    [1, '#f4d7a0'],
  ]);
  g.fillRect(0, 0, w, h);
  for (let x = -30; x < w; x += 130)
    box(g, x, -10, 128, h * 0.72, {
      fill: (x / 130) % 2 > 1 ? '#d39a5c' : '#cb9053',
      line: '#9a6236',
      width: 4,
    });
  window_(g, wide ? w * 0.1 : w * 0.06, h * 0.1, wide ? 560 : 300, h * 0.4);
  shelf(g, wide ? w * 0.46 : w * 0.5, h * 0.2, wide ? w * 0.5 : w * 0.48);
  steam(g, fx, h * 0.66, wide ? 1 : 1.05);
  const top = h * 0.75;
  shape(
    g,
    [
      [-10, top],
      [w + 10, top],
      [w + 10, h + 10],
      [-10, h + 10],
    ],
    {
      fill: wash(g, top, h, [
        [0, '#8a4f32'],
        [1, '#5e3124'],
      ]),
      line: '#3f2019',
      width: 6,
      sharp: true,
    },
  );
  for (let i = 0; i < 7; i++)
    ink(
      g,
      [
        [-20, top + 30 + i * 44],
        [w * 0.4, top + 24 + i * 44 + (i % 3) * 10],
        [w + 20, top + 34 + i * 44],
      ],
      4,
      '#4d271d66',
      () => 1,
    );
  if (wide) placed(g, { x: w * 0.33, y: top + 60, sx: 0.9 }, pot);
  placed(g, { x: fx, y: top + 120, sx: wide ? 1.15 : 1.1 }, bowl);
};

function window_(g: Pen, x: number, y: number, w: number, h: number): void {
  box(g, x, y, w, h, {
    fill: wash(g, y, y + h, [
      [0, '#9fd4d8'],
      [1, '#f6efcf'],
    ]),
    shade: (g) => {
      oval(g, x + w * 0.3, y + h * 1.05, w * 0.5, h * 0.3, { fill: '#7fb09a' });
      ink(
        g,
        [
          [x + w, y + h * 0.9],
          [x + w * 0.7, y + h * 0.6],
          [x + w * 0.55, y + h * 0.34],
          [x + w * 0.2, y + h * 0.22],
        ],
        22,
        '#4d3030',
        (t) => 1 - t * 0.8,
      );
      ink(
        g,
        [
          [x + w * 0.68, y + h * 0.56],
          [x + w * 0.42, y + h * 0.6],
          [x + w * 0.26, y + h * 0.52],
        ],
        12,
        '#4d3030',
        (t) => 1 - t * 0.8,
      );
      const r = random(12);
      for (let i = 0; i < 26; i++) blossom(g, x + r() * w, y + h * r.between(0.12, 0.72), r.between(9, 17));
    },
  });
  for (const t of [0.33, 0.67]) box(g, x + w * t - 4, y, 8, h, { fill: '#6b3d28' });
  box(g, x, y + h * 0.5 - 4, w, 8, { fill: '#6b3d28' });
  g.strokeStyle = '#5a3122';
  g.lineWidth = 18;
  g.strokeRect(x, y, w, h);
}

function blossom(g: Pen, x: number, y: number, r: number): void {
  for (let i = 0; i < 5; i++)
    oval(g, x + Math.cos(i * 1.257) * r * 0.6, y + Math.sin(i * 1.257) * r * 0.6, r * 0.5, r * 0.5, {
      fill: '#ffe3e6',
      line: '#d9788c',
      width: 2,
    });
  oval(g, x, y, r * 0.25, r * 0.25, { fill: '#d84f66' });
}

function shelf(g: Pen, x: number, y: number, w: number): void {
  box(g, x, y + 110, w, 20, { fill: '#7a4429', line: '#4a2519', width: 5 });
  const colours = ['#3f6f8c', '#f3ead2', '#b54a3c', '#5c7a4a', '#e0b050'];
  for (let i = 0, at = x + 24; at < x + w - 80; i++, at += 104) {
    const c = colours[i % 5]!;
    if (i % 3 === 0)
      shape(
        g,
        [
          [at, y + 110],
          [at - 6, y + 50],
          [at + 14, y + 20],
          [at + 58, y + 20],
          [at + 78, y + 50],
          [at + 72, y + 110],
        ],
        { fill: c, line: '#4a2519', width: 5, sharp: true },
      );
    else
      for (let k = 0; k < 3; k++)
        shape(
          g,
          [
            [at + 12, y + 110 - k * 26],
            [at - 4, y + 82 - k * 26],
            [at + 78, y + 82 - k * 26],
            [at + 62, y + 110 - k * 26],
          ],
          { fill: k % 2 ? '#f3ead2' : c, line: '#4a2519', width: 5, sharp: true },
        );
  }
  for (let i = 0; i < 4; i++) {
    const at = x + w * (0.16 + i * 0.22);
    ink(
      g,
      [
        [at, y + 130],
        [at, y + 250],
      ],
      10,
      '#6b3d28',
      () => 1,
    );
    if (i % 2) oval(g, at, y + 268, 32, 30, { fill: '#8b8f96', line: '#4a2519', width: 5 });
    else
      shape(
        g,
        [
          [at - 26, y + 240],
          [at + 26, y + 240],
          [at + 20, y + 310],
          [at - 20, y + 310],
        ],
        { fill: '#c9955a', line: '#4a2519', width: 5 },
      );
  }
}

/** Curling steam with claws of foam, cut in flat blues. */
function steam(g: Pen, x: number, y: number, s: number): void {
  glow(g, x, y - 200 * s, 420 * s, '#fff6dd', 0.6);
  placed(g, { x, y, sx: s }, (g) => {
    const waves = [
      [
        '#27517a',
        '-120,60 -190,-80 -120,-220 -160,-370 -60,-470 60,-450 110,-370 60,-320 10,-360 -30,-330 0,-230 -60,-110 0,40',
      ],
      [
        '#5f93b5',
        '40,60 120,-50 70,-180 150,-300 250,-310 290,-240 250,-190 200,-220 160,-180 190,-80 140,60',
      ],
      ['#a9cfd8', '-60,60 -100,-60 -30,-170 -70,-280 0,-350 70,-320 60,-260 20,-270 10,-190 40,-90 0,50'],
      ['#eef6ef', '-20,60 -40,-30 10,-110 0,-180 50,-220 86,-190 66,-160 50,-100 70,-20 30,60'],
    ] as const;
    for (const [fill, points] of waves) shape(g, points, { fill, line: '#1d3f63', width: 6 });
    for (const [cx, cy, r] of [
      [110, -380, 26],
      [140, -420, 16],
      [84, -334, 18],
      [284, -216, 22],
      [312, -250, 14],
      [254, -180, 15],
      [70, -250, 13],
      [170, -450, 10],
    ] as const)
      oval(g, cx, cy, r, r, { fill: '#f7fbf3', line: '#1d3f63', width: 5 });
  });
}

function bowl(g: Pen): void {
  const line = '#3f2019';
  oval(g, 0, 140, 250, 30, { fill: '#00000033' });
  shape(g, '-260,-60 -230,40 -150,116 -80,136 80,136 150,116 230,40 260,-60', {
    fill: '#f6efe0',
    line,
    width: 7,
    shade: (g) => {
      shape(g, '60,-100 110,40 60,160 300,160 300,-100', { fill: '#d8cbb8' });
      for (let i = -3; i < 4; i++) {
        for (const r of [46, 32, 18])
          oval(g, i * 84, 86, r, r * 0.9, { line: '#27517a', width: 6, fill: '#f6efe0' });
      }
    },
  });
  oval(g, 0, -60, 262, 70, { fill: '#e9dcc4', line, width: 7 });
  oval(g, 0, -58, 236, 56, { fill: '#c9955a' });
  const r = random(4);
  for (let i = 0; i < 120; i++) {
    const [a, d] = [r() * 7, Math.sqrt(r())];
    oval(g, Math.cos(a) * d * 220, -74 + Math.sin(a) * d * 44 - (1 - d) * 60, 15, 8, {
      fill: r() < 0.7 ? '#fffaf0' : '#eadfca',
      line: '#d9c9a8',
      width: 1.5,
    });
  }
  oval(g, -10, -130, 96, 44, { fill: '#fffdf4', line: '#d9c9a8', width: 4 });
  oval(g, -4, -140, 54, 40, {
    fill: '#ffb52e',
    line: '#c97a1c',
    width: 5,
    shade: (g) => oval(g, -20, -154, 20, 11, { fill: '#ffe08a' }),
  });
  for (const [x, y] of [
    [-120, -104],
    [-96, -90],
    [108, -108],
    [130, -92],
    [88, -92],
  ] as const)
    oval(g, x, y, 17, 9, { fill: '#6fa75a', line: '#3f6b3a', width: 4 });
  ink(g, '120,-80 250,-230 330,-330', 15, '#8f2f2a', (t) => 1 - t * 0.45);
  ink(g, '150,-74 290,-210 376,-300', 15, '#a83a32', (t) => 1 - t * 0.45);
}

function pot(g: Pen): void {
  const line = '#241a1c';
  oval(g, 0, 60, 210, 24, { fill: '#00000033' });
  shape(g, '-190,-150 -210,-40 -170,50 170,50 210,-40 190,-150', {
    fill: '#4b4a54',
    line,
    width: 7,
    shade: (g) => shape(g, '60,-200 100,0 60,90 260,90 260,-200', { fill: '#35343e' }),
  });
  for (const s of [-1, 1])
    ink(
      g,
      [
        [s * 196, -110],
        [s * 244, -116],
        [s * 236, -70],
        [s * 204, -66],
      ],
      18,
      '#35343e',
      () => 1,
    );
  shape(g, '-206,-150 -180,-196 0,-216 180,-196 206,-150', { fill: '#b07a48', line, width: 7 });
  box(g, -40, -250, 80, 36, { fill: '#8f5c34', line, width: 6 });
}
