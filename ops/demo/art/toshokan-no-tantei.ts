import { random } from '../draw/random.ts';
import { box, glow, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import { stars } from '../draw/nature.ts';
import type { Painter } from './painter.ts';

const spines = [
  '#7d3b3f',
  '#2f5a5c',
  '#b5803f',
  '#4a4272',
  '#86643f',
  '#3d6b4a',
  '#a8583f',
  '#5d6f8c',
  '#c9b07a',
] as const;

/** Four in the morning: a ladder, a lamp, and a reader who noticed something. */
export const toshokanNoTantei: Painter = (g, { w, h, wide, fx }) => {
  g.fillStyle = wash(g, 0, h, [
    [0, '#1a2038'],
    [1, '#33263a'],
  ]);
  g.fillRect(0, 0, w, h);
  const wx = wide ? w * 0.35 : w * 0.5;
  roundWindow(g, wx, h * 0.27, wide ? 210 : 190);
  shelves(g, -20, wide ? w * 0.23 : w * 0.24, h, 1);
  shelves(g, wide ? w * 0.5 : w * 0.74, w + 20, h, 40);
  // Moonlight falls across the floor.
  shape(
    g,
    [
      [-10, h * 0.86],
      [w + 10, h * 0.86],
      [w + 10, h + 10],
      [-10, h + 10],
    ],
    {
      fill: wash(g, h * 0.86, h, [
        [0, '#4a3340'],
        [1, '#251a2a'],
      ]),
      sharp: true,
    },
  );
  g.save();
  g.globalCompositeOperation = 'screen';
  shape(
    g,
    [
      [wx - 130, h * 0.3],
      [wx + 130, h * 0.3],
      [wx + 380, h * 1.02],
      [wx - 90, h * 1.02],
    ],
    {
      fill: wash(g, h * 0.2, h, [
        [0, '#8fb0e844'],
        [1, '#8fb0e808'],
      ]),
      sharp: true,
    },
  );
  g.restore();
  const lx = wide ? fx + 60 : fx + 110;
  const base = h * 0.96;
  ladder(g, lx, base, h * 0.94);
  glow(g, lx - 140, h * 0.52, 520, '#ffbe6a', 0.75);
  placed(g, { x: lx - 40, y: h * 0.7, sx: wide ? 1.14 : 1.1 }, reader);
  piles(g, wide ? w * 0.32 : w * 0.2, base + 10);
};

function roundWindow(g: Pen, x: number, y: number, r: number): void {
  glow(g, x, y, r * 2.6, '#7fa6e8', 0.5);
  oval(g, x, y, r, r, {
    fill: wash(g, y - r, y + r, [
      [0, '#1f3f86'],
      [1, '#7fa6d8'],
    ]),
    shade: (g) => {
      placed(g, { x: x - r, y: y - r }, (g) => stars(g, r * 2, r * 2, 70, 3));
      oval(g, x + r * 0.3, y - r * 0.25, r * 0.34, r * 0.34, { fill: '#fff5d4' });
      oval(g, x + r * 0.44, y - r * 0.33, r * 0.29, r * 0.3, { fill: '#2c509a' });
    },
  });
  const frame = '#3a2230';
  g.strokeStyle = frame;
  g.lineWidth = 22;
  g.beginPath();
  g.arc(x, y, r, 0, 7);
  g.stroke();
  for (let i = 0; i < 4; i++)
    ink(
      g,
      [
        [x + Math.cos((i * Math.PI) / 4) * r, y + Math.sin((i * Math.PI) / 4) * r],
        [x - Math.cos((i * Math.PI) / 4) * r, y - Math.sin((i * Math.PI) / 4) * r],
      ],
      10,
      frame,
      () => 1,
    );
  oval(g, x, y, 34, 34, { fill: frame });
}

function shelves(g: Pen, x0: number, x1: number, h: number, seed: number): void {
  const r = random(seed);
  box(g, x0, -20, x1 - x0, h * 0.9, { fill: '#2a1b26', line: '#180f1a', width: 8 });
  const row = 142;
  for (let y = 100; y < h * 0.88; y += row) {
    for (let x = x0 + 14; x < x1 - 26;) {
      const [bw, bh] = [r.between(20, 46), r.between(84, 120)];
      if (r() < 0.07) {
        x += r.between(30, 70);
        continue;
      }
      const lean = r() < 0.1 ? 0.16 : 0;
      placed(g, { x, y, turn: lean }, (g) => {
        box(g, 0, -bh, bw, bh, {
          fill: r.pick(spines),
          line: '#180f1a',
          width: 3,
          shade: (g) => {
            box(g, bw * 0.62, -bh, bw, bh, { fill: '#00000038' });
            box(g, 0, -bh * 0.82, bw, 6, { fill: '#e8cf8a99' });
            box(g, 0, -bh * 0.28, bw, 5, { fill: '#e8cf8a77' });
          },
        });
      });
      x += bw + (lean ? 26 : 2);
    }
    box(g, x0, y, x1 - x0, 20, { fill: '#5d3a2f', line: '#180f1a', width: 4 });
    box(g, x0, y, x1 - x0, 5, { fill: '#8a5c42' });
  }
}

function ladder(g: Pen, x: number, y: number, tall: number): void {
  const at = (t: number, s: number) => [x + s * 52 + t * 70, y - t * tall] as const;
  for (let t = 0.05; t < 1; t += 0.075) ink(g, [at(t, -1), at(t, 1)], 12, '#a8743f', () => 1);
  for (const s of [-1, 1]) ink(g, [at(0, s), at(1, s)], 17, '#c08a4c', () => 1);
}

/** Sitting sideways on a rung, a book in one hand, a lantern on the other side. */
function reader(g: Pen): void {
  const line = '#2a1a2c';
  shape(g, '30,-30 -40,-10 -96,30 -110,130 -72,136 -50,60 20,40 70,10', { fill: '#2d3557', line, width: 6 });
  shape(g, '40,-10 -10,20 -40,70 -44,160 -6,164 10,90 70,40 90,0', { fill: '#37416a', line, width: 6 });
  for (const [x, y] of [
    [-98, 140],
    [-32, 168],
  ] as const)
    shape(
      g,
      [
        [x - 34, y - 8],
        [x + 24, y - 12],
        [x + 26, y + 16],
        [x - 44, y + 18],
      ],
      { fill: '#7d3b3f', line, width: 5 },
    );
  shape(g, '-10,-190 -40,-80 -34,10 60,30 104,0 96,-90 60,-190', {
    fill: '#d8a24a',
    line,
    width: 6,
    shade: (g) => shape(g, '50,-200 70,-90 50,50 140,50 120,-200', { fill: '#a8753a' }),
  });
  shape(g, '0,-196 -16,-150 -60,-110 -112,-104 -112,-72 -50,-70 10,-110 36,-180', {
    fill: '#e8b85c',
    line,
    width: 6,
  });
  // The open book lights her face.
  shape(g, '-190,-128 -132,-112 -110,-76 -160,-84 -212,-98', { fill: '#fff6dd', line, width: 5 });
  shape(g, '-110,-76 -100,-116 -60,-150 -54,-112 -80,-84', { fill: '#f3e2b8', line, width: 5 });
  oval(g, -110, -84, 20, 17, { fill: '#ffe0c4', line, width: 5 });
  shape(g, '30,-330 -30,-320 -52,-270 -56,-236 -40,-206 0,-186 40,-190 80,-220 84,-280', {
    fill: '#ffe3c9',
    line,
    width: 6,
    shade: (g) => shape(g, '20,-340 40,-260 20,-180 110,-180 110,-330', { fill: '#e0a58c' }),
  });
  oval(g, -26, -252, 9, 14, { fill: line });
  oval(g, -29, -257, 3, 4, { fill: '#ffffff' });
  oval(g, -26, -250, 25, 25, { line: '#c9973f', width: 5 });
  ink(g, '0,-250 52,-256', 4, '#c9973f', () => 1);
  ink(g, '-44,-222 -34,-216 -24,-218', 5, line);
  oval(g, -14, -224, 12, 7, { fill: '#f6a58f' });
  shape(
    g,
    '-10,-360 -62,-330 -70,-280 -44,-300 -20,-306 0,-290 14,-250 10,-200 40,-170 96,-150 120,-210 116,-300 70,-356',
    {
      fill: '#5a3550',
      line,
      width: 6,
      shade: (g) => {
        shape(g, '60,-380 80,-260 60,-140 150,-140 150,-360', { fill: '#3d2340' });
        shape(g, '-40,-330 10,-346 40,-340 20,-326 -10,-322', { fill: '#8f6280' });
      },
    },
  );
  shape(g, '96,-330 150,-320 176,-260 150,-190 170,-150 120,-180 110,-260', {
    fill: '#5a3550',
    line,
    width: 6,
  });
  ink(g, '94,-326 112,-300', 14, '#d8504a', () => 1);
  // The lamp, hung from the ladder.
  glow(g, -196, -210, 190, '#ffe0a0', 1);
  ink(g, '-60,-420 -196,-330 -196,-262', 6, line, () => 1);
  shape(g, '-230,-250 -222,-180 -170,-180 -162,-250', { fill: '#ffeab0', line, width: 6, sharp: true });
  shape(g, '-242,-250 -196,-282 -150,-250', { fill: '#8a5c42', line, width: 6, sharp: true });
  box(g, -228, -182, 64, 14, { fill: '#8a5c42', line, width: 5 });
}

function piles(g: Pen, x: number, y: number): void {
  const r = random(77);
  for (const [dx, n] of [
    [0, 6],
    [150, 3],
    [-140, 4],
  ] as const)
    for (let i = 0; i < n; i++) {
      const bw = r.between(110, 150);
      box(g, x + dx - bw / 2 + r.between(-14, 14), y - (i + 1) * 30, bw, 29, {
        fill: r.pick(spines),
        line: '#180f1a',
        width: 5,
        shade: (g) => box(g, x + dx + bw * 0.1, y - (i + 1) * 30, bw, 30, { fill: '#00000033' }),
      });
    }
}
