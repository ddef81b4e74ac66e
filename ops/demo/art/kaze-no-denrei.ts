import { random } from '../draw/random.ts';
import { cumulus, grass, ridge, sky, streaks } from '../draw/nature.ts';
import { ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import type { Painter } from './painter.ts';

/** Two riders on a grassland without roads; kites carry the news. */
export const kazeNoDenrei: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#e8a23c'],
    [0.35, '#f6c667'],
    [0.62, '#fdecb8'],
    [0.8, '#fff6d9'],
  ]);
  streaks(g, w, h * 0.05, h * 0.5, 26, '#fff3cf88', 4);
  oval(g, wide ? w * 0.36 : w * 0.3, h * 0.5, 130, 130, { fill: '#fffbe6' });
  cumulus(g, w * 0.8, h * 0.66, w * 0.7, h * 0.14, ['#e5b56a', '#fbe0a4', '#fff4d2'], 9);
  ridge(g, w, h * 0.64, 50, h, '#c9b06a', 2, 2);
  ridge(
    g,
    w,
    h * 0.7,
    44,
    h,
    wash(g, h * 0.66, h, [
      [0, '#a8a557'],
      [1, '#8a9650'],
    ]),
    7,
    2,
  );
  const hill = ridge(
    g,
    w,
    h * 0.79,
    46,
    h,
    wash(g, h * 0.74, h, [
      [0, '#8b9a48'],
      [1, '#4a6a3c'],
    ]),
    13,
    2,
  );
  windlines(g, w, h);
  const kites = wide
    ? ([
        [0.2, 0.2, 1, '#d8503a'],
        [0.34, 0.32, 0.62, '#f3f0e0'],
        [0.09, 0.4, 0.5, '#3f7f9a'],
        [0.52, 0.16, 1.25, '#5a2f86'],
      ] as const)
    : ([
        [0.24, 0.2, 0.95, '#d8503a'],
        [0.52, 0.34, 0.6, '#f3f0e0'],
        [0.12, 0.4, 0.5, '#3f7f9a'],
        [0.76, 0.14, 1.2, '#5a2f86'],
      ] as const);
  for (const [x, y, s, c] of kites) kite(g, w * x, h * y, s, c);
  const [a, b] = [fx + (wide ? 60 : 20), fx - (wide ? 360 : 230)];
  placed(g, { x: b, y: hill(b) + 30, sx: 0.8 }, (g) => rider(g, '#6b5040', '#3f7f9a', '#22384a'));
  ink(
    g,
    [
      [kites[3][0] * w, kites[3][1] * h + 90],
      [kites[3][0] * w + 60, h * 0.4],
      [a - 40, hill(a) - 210],
    ],
    3,
    '#5a4a3a',
    () => 1,
  );
  placed(g, { x: a, y: hill(a) + 50, sx: 1.25 }, (g) => rider(g, '#3f2f2a', '#c9463a', '#5a1f2a'));
  grass(g, 0, w, (x) => hill(x) + 40 + ((x * 13) % 60), 60, ['#6a8440', '#9aa650', '#557a3c'], 3, 7);
  grass(g, 0, w, () => h + 10, 190, ['#3c5a34', '#57753c', '#2f4a30', '#c9a850'], 6, 8);
};

function windlines(g: Pen, w: number, h: number): void {
  const r = random(8);
  for (let i = 0; i < 16; i++) {
    const [x, y, len] = [r() * w, r.between(0.1, 0.78) * h, r.between(120, 380)];
    ink(
      g,
      [
        [x, y],
        [x + len * 0.4, y - 16],
        [x + len * 0.8, y - 6],
        [x + len, y - 26],
      ],
      4,
      '#ffffff99',
    );
  }
}

function kite(g: Pen, x: number, y: number, s: number, colour: string): void {
  placed(g, { x, y, sx: s, turn: -0.25 }, (g) => {
    const line = '#4a2f26';
    for (const [dx, c] of [
      [-20, colour],
      [20, '#fff3d2'],
    ] as const)
      ink(
        g,
        [
          [dx, 90],
          [dx * 2 + 40, 160],
          [dx - 20, 230],
          [dx * 2 + 50, 300],
        ],
        13,
        c,
        (t) => 1 - t * 0.7,
      );
    shape(g, '0,-120 92,-20 0,100 -92,-20', {
      fill: colour,
      line,
      width: 5,
      sharp: true,
      shade: (g) => {
        shape(g, '0,-130 110,-20 0,110', { fill: '#00000026', sharp: true });
        oval(g, 0, -22, 34, 34, { fill: '#ffe9a8', line, width: 4 });
        oval(g, 0, -22, 13, 13, { fill: line });
      },
    });
    ink(g, '0,-120 0,100', 4, line, () => 1);
    ink(g, '-92,-20 92,-20', 4, line, () => 1);
  });
}

/** A galloping horse with its rider, facing left; hooves near the origin. */
function rider(g: Pen, horse: string, coat: string, line: string): void {
  const leg = (points: string, c = horse) => {
    ink(g, points, 27, line, (t) => 1 - t * 0.5);
    ink(g, points, 18, c, (t) => 1 - t * 0.5);
  };
  leg('-70,-110 -130,-80 -168,-30', '#2f2430');
  leg('96,-110 150,-70 210,-40', '#2f2430');
  shape(g, '130,-150 190,-170 250,-130 290,-60 240,-90 190,-120 140,-120', {
    fill: '#2a1f28',
    line,
    width: 4,
  });
  shape(g, '-110,-150 -90,-90 -30,-84 40,-92 110,-82 146,-120 130,-170 60,-172 -20,-166 -80,-176', {
    fill: horse,
    line,
    width: 6,
    shade: (g) => shape(g, '-120,-100 0,-112 160,-110 160,-60 -120,-60', { fill: '#00000040' }),
  });
  shape(
    g,
    '-60,-176 -110,-230 -150,-262 -196,-240 -222,-206 -208,-188 -170,-200 -140,-180 -110,-120 -60,-110',
    { fill: horse, line, width: 6 },
  );
  shape(g, '-148,-262 -140,-296 -124,-254', { fill: horse, line, width: 5 });
  shape(g, '-136,-272 -90,-268 -40,-226 -10,-170 -60,-190 -104,-226', { fill: '#2a1f28', line, width: 4 });
  oval(g, -172, -228, 5, 6, { fill: '#1a1216' });
  leg('-80,-100 -150,-110 -190,-70 -176,-44');
  leg('110,-110 130,-50 180,-4');
  ink(g, '-200,-206 -120,-214 -20,-206', 4, '#e9c36a', () => 1);
  shape(g, '-30,-186 60,-190 74,-160 -40,-154', { fill: '#e9c36a', line, width: 5 });
  // Leaning into it, the coat flying behind.
  shape(g, '10,-170 50,-190 40,-240 -10,-290 -50,-280 -40,-230 -20,-180', { fill: coat, line, width: 6 });
  shape(g, '-20,-280 40,-260 110,-270 190,-236 150,-226 170,-196 100,-206 50,-190 20,-220', {
    fill: coat,
    line,
    width: 6,
    shade: (g) => shape(g, '30,-230 120,-230 190,-200 100,-180 40,-180', { fill: '#00000033' }),
  });
  ink(g, '20,-180 -20,-140 -10,-104', 26, line, () => 1);
  ink(g, '20,-180 -20,-140 -10,-104', 18, '#efe2c4', () => 1);
  ink(g, '-30,-270 -70,-230 -104,-216', 22, coat, () => 1);
  shape(g, '-24,-286 -70,-300 -84,-336 -60,-362 -20,-364 4,-330', { fill: '#e8b890', line, width: 5 });
  ink(g, '-62,-334 -62,-318', 7, line, () => 1);
  ink(g, '-72,-300 -64,-304', 4, line);
  oval(g, -46, -310, 9, 5, { fill: '#e08a70' });
  shape(g, '-70,-350 -40,-380 0,-374 20,-336 60,-320 100,-330 60,-296 10,-290 -10,-320 -40,-346', {
    fill: '#2a1f28',
    line,
    width: 5,
  });
  ink(g, '-76,-346 -30,-348 14,-330', 11, coat, () => 1);
}
