import { random } from '../draw/random.ts';
import { moon, sky } from '../draw/nature.ts';
import { rain } from '../draw/weather.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import type { Painter } from './painter.ts';

const signs = ['#ff4f9a', '#3fe0e8', '#ffd23f', '#a86bff', '#ff7a45'] as const;

/** A fox girl on a roof's edge over a street of contracts in light. */
export const neonToKitsune: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#0d0b2a'],
    [0.5, '#3a1a5e'],
    [1, '#a52a6e'],
  ]);
  moon(g, fx + (wide ? -40 : 10), h * 0.3, wide ? 190 : 200, '#ffc9dd');
  for (const [depth, fill, lit] of [
    [0, '#3d2064', 0.3],
    [1, '#291650', 0.45],
    [2, '#170d36', 0.55],
  ] as const)
    towers(g, w, h, depth, fill, lit);
  for (let i = 0; i < (wide ? 12 : 8); i++) {
    const r = random(70 + i);
    const side = wide ? i / 12 : i % 2 ? r.between(0.76, 0.95) : r.between(0.05, 0.24);
    const x = wide ? side * w + r.between(0, 60) : side * w;
    if (wide && Math.abs(x - fx) < 230) continue;
    sign(
      g,
      x,
      h * (wide ? r.between(0.42, 0.72) : 0.36 + (i / 8) * 0.36),
      r.between(0.8, 1.25),
      signs[i % signs.length]!,
      i,
    );
  }
  const roof = h * (wide ? 0.8 : 0.78);
  g.fillStyle = wash(g, roof, h, [
    [0, '#1c1138'],
    [1, '#0a0719'],
  ]);
  shape(
    g,
    [
      [-10, roof + 70],
      [fx - 340, roof + 20],
      [fx, roof],
      [fx + 340, roof + 20],
      [w + 10, roof + 74],
      [w + 10, h + 10],
      [-10, h + 10],
    ],
    {
      fill: wash(g, roof, h, [
        [0, '#241546'],
        [1, '#0c0820'],
      ]),
      line: '#ff5aa0',
      width: 3,
    },
  );
  for (let x = fx - 1300; x < fx + 1300; x += 46) {
    const dip = Math.min(74, (Math.abs(x - fx) / 340) * 20);
    ink(
      g,
      [
        [x, roof + dip + 4],
        [fx + (x - fx) * 1.5, h + 20],
      ],
      7,
      '#0c0820',
      () => 1,
    );
    oval(g, x, roof + dip + 6, 17, 15, { fill: '#34205e', line: '#0c0820', width: 4 });
  }
  placed(g, { x: fx, y: roof + 8, sx: wide ? 1.12 : 1.24 }, fox);
  rain(g, w, h, 120, 8, '#ffd9f2', 0.2, 0.4);
};

function towers(g: Pen, w: number, h: number, depth: number, fill: string, lit: number): void {
  const r = random(20 + depth);
  for (let x = -60; x < w;) {
    const [bw, top] = [r.between(90, 210), h * (0.3 + depth * 0.13 + r() * 0.22)];
    box(g, x, top, bw, h, { fill });
    if (r() < 0.4)
      ink(
        g,
        [
          [x + bw / 2, top],
          [x + bw / 2, top - r.between(40, 110)],
        ],
        5,
        fill,
        () => 1,
      );
    for (let wy = top + 18; wy < h; wy += 30)
      for (let wx = x + 14; wx < x + bw - 22; wx += 26)
        if (r() < lit * 0.5)
          box(g, wx, wy, 13, 17, { fill: r.pick(['#ffcf7acc', '#7fe3ff99', '#ff8fc0aa', '#ffe9b8aa']) });
    x += bw + r.between(-10, 26);
  }
}

/** Signs nobody can read: strokes that look like writing. */
function sign(g: Pen, x: number, y: number, s: number, colour: string, seed: number): void {
  const r = random(seed * 7 + 1);
  placed(g, { x, y, sx: s }, (g) => {
    glow(g, 0, 80, 230, colour, 0.6);
    box(g, -34, -40, 68, 250, { fill: '#120a2a', line: colour, width: 5 });
    for (let k = 0; k < 3; k++)
      for (let i = 0; i < 4; i++) {
        const [ax, ay] = [r.between(-20, 20), k * 76 - 16 + r.between(-14, 46)];
        const flat = i % 2;
        const to = [ax * (flat ? -1 : 1), ay + (flat ? r.between(-4, 4) : r.between(18, 40))] as const;
        ink(g, [[ax, ay], to], 11, `${colour}66`, () => 1);
        ink(g, [[ax, ay], to], 5, '#fff4fb', () => 1);
      }
  });
}

function fox(g: Pen): void {
  const [line, fur, tip] = ['#14092b', '#f08a3c', '#fff1dc'];
  for (const tail of [
    '10,-96 120,-90 230,-150 262,-260 236,-330 206,-280 186,-210 110,-170 20,-150',
    '0,-100 -110,-80 -226,-120 -286,-216 -276,-290 -240,-246 -190,-190 -110,-160 -10,-150',
  ]) {
    shape(g, tail, {
      fill: fur,
      line,
      width: 6,
      shade: (g) => {
        for (const s of [-1, 1]) oval(g, s * 262, -300, 66, 84, { fill: tip });
        shape(g, '0,-60 120,-70 240,-120 300,-240 280,-130 140,-40', { fill: '#b8572c' });
      },
    });
  }
  for (const s of [-1, 1])
    shape(
      g,
      [
        [s * 8, -100],
        [s * 12, -30],
        [s * 8, 0],
        [s * 44, 0],
        [s * 40, -24],
        [s * 44, -104],
      ],
      { fill: '#221440', line, width: 5 },
    );
  for (const s of [-1, 1])
    shape(
      g,
      [
        [s * 2, -18],
        [s * 2, 6],
        [s * 52, 6],
        [s * 46, -18],
      ],
      { fill: '#ff4f9a', line, width: 4, sharp: true },
    );
  shape(g, '-58,-250 -76,-150 -92,-70 -60,-82 -30,-66 0,-84 32,-66 62,-84 92,-70 76,-150 58,-250', {
    fill: '#2d2a63',
    line,
    width: 6,
    shade: (g) => {
      shape(g, '16,-260 30,-160 34,-60 120,-60 100,-250', { fill: '#1b1945' });
      shape(g, '-100,-130 0,-112 100,-130 100,-112 0,-94 -100,-112', { fill: '#3fe0e8' });
    },
  });
  ink(g, '-56,-240 -96,-180 -104,-128', 26, '#2d2a63', () => 1);
  ink(g, '56,-240 100,-196 74,-140', 26, '#1f1d4d', () => 1);
  ink(g, '-40,-246 0,-226 40,-246', 20, '#ff4f9a', () => 1);
  shape(g, '30,-240 70,-210 150,-226 190,-196 120,-180 60,-196', { fill: '#ff4f9a', line, width: 5 });
  for (const s of [-1, 1]) {
    shape(
      g,
      [
        [s * 20, -336],
        [s * 66, -420],
        [s * 76, -320],
        [s * 50, -300],
      ],
      { fill: fur, line, width: 5 },
    );
    shape(
      g,
      [
        [s * 36, -336],
        [s * 62, -392],
        [s * 66, -326],
      ],
      { fill: '#4a1f3c' },
    );
  }
  shape(g, '0,-362 -52,-346 -74,-300 -66,-250 -34,-236 0,-240 34,-236 66,-250 74,-300 52,-346', {
    fill: '#f6e3d0',
    line,
    width: 6,
    shade: (g) => {
      shape(g, '10,-370 40,-300 30,-220 100,-220 100,-370', { fill: '#c9a7b8' });
      shape(g, '-10,-362 -20,-240 20,-240 40,-362', { fill: '#e9d0c6' });
    },
  });
  for (const x of [-40, -14, 14, 40])
    ink(
      g,
      [
        [x * 0.4, -356],
        [x, -300],
        [x * 1.1, -246],
      ],
      4,
      '#a98a97',
      (t) => t,
    );
}
