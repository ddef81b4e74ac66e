import { random } from '../draw/random.ts';
import { bush, cumulus, moon, sky, stars } from '../draw/nature.ts';
import { box, glow, ink, oval, placed, shape, type Pen } from '../draw/shape.ts';
import { person } from './figures.ts';
import type { Painter } from './painter.ts';

/** A post office on a drifting rock; letters leave it like birds. */
export const hoshiNoYubinkyoku: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#0c1440'],
    [0.4, '#233a86'],
    [0.72, '#5d74c4'],
    [1, '#e4a9c0'],
  ]);
  aurora(g, w, h);
  stars(g, w, h * 0.8, wide ? 260 : 170, 6);
  moon(g, wide ? w * 0.2 : w * 0.2, h * 0.16, 64, '#ffeec0');
  for (const [x, y, cw, seed] of [
    [0.1, 0.98, 0.5, 2],
    [0.9, 0.95, 0.6, 8],
  ] as const)
    cumulus(g, w * x, h * y, Math.max(700, w * cw), h * 0.16, ['#6f74b8', '#a9a4da', '#f3c9dc'], seed);
  placed(g, { x: fx, y: h * (wide ? 0.64 : 0.62), sx: wide ? 0.96 : 0.92 }, rock);
  letters(g, wide ? fx - 60 : fx, h * 0.38, wide ? 1 : 0.62, w);
  for (const [x, cw, seed] of [
    [0.4, 0.7, 5],
    [0.75, 0.5, 12],
    [0.05, 0.5, 21],
  ] as const)
    cumulus(g, w * x, h * 1.06, Math.max(640, w * cw), h * 0.12, ['#8f86c4', '#cbb4e0', '#ffe3ea'], seed);
};

function aurora(g: Pen, w: number, h: number): void {
  for (const [y, colour, seed] of [
    [0.3, '#5fe0c0', 1],
    [0.4, '#8f8cff', 2],
  ] as const) {
    const r = random(seed);
    const p = r() * 6;
    for (let x = 0; x < w; x += 6) {
      const top = h * y + Math.sin(x / 260 + p) * 70 + Math.sin(x / 97 + p) * 24;
      const tall = 190 + Math.sin(x / 60 + p) * 60 + Math.sin(x / 23) * 30;
      const fade = g.createLinearGradient(0, top - tall, 0, top);
      fade.addColorStop(0, `${colour}00`);
      fade.addColorStop(0.8, `${colour}3a`);
      fade.addColorStop(1, `${colour}00`);
      g.fillStyle = fade;
      g.fillRect(x, top - tall, 6, tall);
    }
  }
}

function rock(g: Pen): void {
  const line = '#252a5c';
  shape(g, '-330,0 -250,90 -210,190 -110,250 -60,350 0,410 40,330 120,260 190,200 240,100 330,0', {
    fill: '#6a5f96',
    line,
    width: 7,
    shade: (g) => {
      shape(g, '40,-20 60,150 0,260 20,440 400,440 400,-20', { fill: '#4d4580' });
      for (const p of ['-200,60 -120,100 -150,170', '-60,110 -20,190 -60,280', '120,60 160,130 110,190'])
        ink(g, p, 8, '#3a3468');
      shape(g, '-260,40 -170,60 -200,120 -250,110', { fill: '#8a7db8' });
    },
  });
  shape(g, '-350,6 -300,-34 -120,-52 120,-52 300,-34 350,6 240,30 80,22 -60,36 -220,24', {
    fill: '#5f9c6a',
    line,
    width: 7,
    shade: (g) => shape(g, '-360,-60 360,-60 340,-16 100,-20 -100,-12 -350,-10', { fill: '#8cc47c' }),
  });
  bush(g, -270, -20, 150, 110, ['#2f6b5c', '#4a8f68', '#7ab97a'], 3);
  // The post office itself.
  box(g, -150, -250, 290, 216, {
    fill: '#fbeedd',
    line,
    width: 7,
    shade: (g) => box(g, 50, -260, 120, 240, { fill: '#d9c6d0' }),
  });
  shape(g, '-190,-240 -120,-370 110,-370 180,-240', {
    fill: '#d8504a',
    line,
    width: 7,
    sharp: true,
    shade: (g) => {
      shape(g, '40,-380 70,-230 220,-230 200,-380', { fill: '#a83a48', sharp: true });
      for (let y = -346; y < -240; y += 30)
        ink(
          g,
          [
            [-220, y],
            [220, y],
          ],
          4,
          '#a83a48',
          () => 1,
        );
    },
  });
  box(g, -20, -450, 50, 110, { fill: '#b8735c', line, width: 6 });
  ink(g, '4,-462 30,-520 -6,-580 26,-650', 26, '#e9e2f5aa', (t) => 0.4 + t * 0.6);
  glow(g, -82, -160, 170, '#ffd98a', 0.8);
  for (const x of [-120, 70]) {
    box(g, x, -196, 62, 70, { fill: '#ffe39a', line, width: 6 });
    ink(
      g,
      [
        [x + 31, -196],
        [x + 31, -126],
      ],
      5,
      line,
      () => 1,
    );
    ink(
      g,
      [
        [x, -161],
        [x + 62, -161],
      ],
      5,
      line,
      () => 1,
    );
  }
  shape(g, '-32,-36 -32,-150 0,-176 32,-150 32,-36', { fill: '#8a4f6a', line, width: 6 });
  oval(g, 18, -92, 6, 6, { fill: '#ffd36b' });
  // The mark of the Japanese post, over the door: a T with two bars.
  ink(g, '-26,-226 26,-226', 9, '#d8504a', () => 1);
  ink(g, '-26,-208 26,-208', 9, '#d8504a', () => 1);
  ink(g, '0,-208 0,-184', 9, '#d8504a', () => 1);
  // A round pillar box.
  shape(g, '196,-40 192,-150 200,-178 250,-178 258,-150 254,-40', { fill: '#d8504a', line, width: 6 });
  oval(g, 225, -178, 40, 15, { fill: '#a83a48', line, width: 6 });
  box(g, 204, -144, 42, 11, { fill: '#3a1d33' });
  placed(g, { x: -196, y: -26, sx: 0.8 }, (g) =>
    person(g, { hair: '#3b2b55', top: '#2f5aa8', bottom: '#203a78', line, wind: 0.4, hat: '#2f5aa8' }),
  );
}

function letters(g: Pen, x: number, y: number, spread: number, w: number): void {
  const r = random(9);
  ink(
    g,
    [
      [x - 40, y + 130],
      [x - 190 * spread, y + 40],
      [x - 420 * spread, y + 20],
      [x - 640 * spread, y - 110],
    ],
    5,
    '#fff6da66',
    () => 1,
  );
  for (let i = 0; i < 13; i++) {
    const t = i / 12;
    const lx = x - 60 - t * 620 * spread + r.between(-30, 30);
    const ly = y + 110 - t * 230 + r.between(-60, 60);
    if (lx > w || lx < -40) continue;
    const s = 0.9 - t * 0.45;
    glow(g, lx, ly, 60 * s, '#fff0c4', 0.6);
    placed(g, { x: lx, y: ly, sx: s, turn: r.between(-0.5, 0.4) }, (g) => {
      for (const side of [-1, 1])
        shape(
          g,
          [
            [side * 26, -14],
            [side * 70, -50],
            [side * 88, -34],
            [side * 62, -4],
            [side * 30, 8],
          ],
          { fill: '#ffffff', line: '#4a4f92', width: 4 },
        );
      box(g, -34, -24, 68, 48, { fill: '#fff9ea', line: '#4a4f92', width: 4 });
      ink(g, '-34,-24 0,6 34,-24', 4, '#4a4f92', () => 1);
      oval(g, 0, 6, 8, 8, { fill: '#d8504a' });
    });
  }
}
