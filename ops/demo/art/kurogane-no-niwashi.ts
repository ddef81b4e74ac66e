import { random } from '../draw/random.ts';
import { cumulus, grass, ridge, sky } from '../draw/nature.ts';
import { box, ink, oval, placed, shape, wash, type Pen } from '../draw/shape.ts';
import { bird, person } from './figures.ts';
import type { Painter } from './painter.ts';

/** The war machine that stayed and gardened, and the botanist who came to switch it off. */
export const kuroganeNoNiwashi: Painter = (g, { w, h, wide, fx }) => {
  sky(g, w, h, [
    [0, '#3f9dbb'],
    [0.5, '#8fd0d2'],
    [0.8, '#e4f2d6'],
  ]);
  cumulus(g, w * 0.25, h * 0.7, w * (wide ? 0.6 : 1), h * 0.3, ['#a9cfd8', '#f4faf2', '#ffffff'], 6);
  cumulus(g, w * 0.95, h * 0.72, w * 0.5, h * 0.2, ['#b5d8dc', '#eef8f0', '#ffffff'], 14);
  ridge(g, w, h * 0.7, 50, h, '#8bb9a4', 3);
  ridge(g, w, h * 0.76, 40, h, '#6aa27f', 8);
  placed(g, { x: fx, y: h * 0.86, sx: wide ? 0.98 : 1 }, machine);
  const near = ridge(
    g,
    w,
    h * 0.84,
    22,
    h,
    wash(g, h * 0.8, h, [
      [0, '#7ab35f'],
      [1, '#3f7a4c'],
    ]),
    12,
  );
  grass(g, 0, w, near, 40, ['#5f9c55', '#86c06a', '#a6d17c'], 2, 8);
  placed(g, { x: fx - (wide ? 330 : 210), y: h * 0.9, sx: 0.62 }, (g) =>
    person(g, { hair: '#6b3f2a', top: '#fdf6e3', bottom: '#4b7d8c', hat: '#f3d98b', long: true, wind: 0.6 }),
  );
  flowers(g, w, h);
  for (const [x, y, s] of [
    [-0.12, 0.2, 0.7],
    [0.05, 0.14, 0.5],
    [0.14, 0.22, 0.6],
  ] as const)
    bird(g, fx + x * 1000, h * y, s, '#ffffff');
};

const [LINE, STEEL, DARK, LIGHT] = ['#2d3b45', '#7d8f93', '#55686f', '#a9b9b4'];
const RUST = '#b5734f';

function machine(g: Pen): void {
  const plate = (points: string, fill = STEEL, shadeX = 20) =>
    shape(g, points, {
      fill,
      line: LINE,
      width: 6,
      sharp: true,
      shade: (g) => {
        shape(
          g,
          [
            [shadeX, -1000],
            [shadeX + 600, -1000],
            [shadeX + 600, 100],
            [shadeX, 100],
          ],
          { fill: '#00000026', sharp: true },
        );
      },
    });
  plate('-150,0 -170,-60 -140,-190 -60,-200 -40,-60 -50,0', STEEL, -80);
  plate('50,0 40,-60 60,-200 140,-190 170,-60 150,0', STEEL, 110);
  plate('-130,-190 -116,-330 -40,-340 -56,-190', DARK, -70);
  plate('56,-190 40,-340 116,-330 130,-190', DARK, 96);
  for (const s of [-1, 1]) oval(g, s * 92, -196, 44, 40, { fill: LIGHT, line: LINE, width: 6 });
  plate('-120,-330 -100,-420 100,-420 120,-330 60,-290 -60,-290', DARK, 30);
  plate('-190,-640 -150,-440 -90,-400 90,-400 150,-440 190,-640 110,-690 -110,-690', STEEL, 40);
  plate('-90,-630 -70,-480 70,-480 90,-630', LIGHT, 36);
  oval(g, 0, -560, 40, 40, { fill: '#2b4550', line: LINE, width: 6 });
  oval(g, -8, -570, 18, 18, { fill: '#8fe0c8' });
  for (const s of [-1, 1]) {
    plate(
      s < 0
        ? '-330,-660 -300,-740 -200,-730 -180,-640 -230,-590 -310,-600'
        : '180,-640 200,-730 300,-740 330,-660 310,-600 230,-590',
      STEEL,
      s < 0 ? -240 : 270,
    );
    plate(
      s < 0 ? '-300,-600 -310,-430 -250,-420 -236,-596' : '236,-596 250,-420 310,-430 300,-600',
      DARK,
      s < 0 ? -270 : 280,
    );
    plate(
      s < 0 ? '-330,-440 -340,-260 -240,-250 -236,-436' : '236,-436 240,-250 340,-260 330,-440',
      STEEL,
      s < 0 ? -280 : 296,
    );
    for (let i = 0; i < 3; i++)
      box(g, s * 290 - 40 + i * 28, -258, 22, 62, { fill: DARK, line: LINE, width: 5 });
  }
  plate('-84,-690 -96,-800 -60,-850 60,-850 96,-800 84,-690', STEEL, 24);
  shape(g, '-70,-780 70,-780 60,-736 -60,-736', { fill: '#22343c', line: LINE, width: 5, sharp: true });
  oval(g, -24, -758, 15, 15, { fill: '#ffe08a' });
  oval(g, -26, -760, 6, 6, { fill: '#ffffff' });
  ink(g, '62,-846 78,-930 74,-990', 8, LINE, () => 1);
  for (const [x, y, r] of [
    [-160, -600, 26],
    [120, -470, 20],
    [-290, -320, 24],
    [100, -120, 22],
    [-110, -90, 18],
  ] as const)
    oval(g, x, y, r * 1.4, r * 0.6, { fill: `${RUST}aa` });
  vines(g);
  // A nest on the shoulder.
  shape(g, '-300,-738 -286,-764 -232,-766 -212,-738 -256,-726', { fill: '#8a6242', line: LINE, width: 4 });
  for (const x of [-276, -254, -234]) oval(g, x, -768, 11, 13, { fill: '#fff4dc', line: LINE, width: 3 });
}

function vines(g: Pen): void {
  const r = random(5);
  for (const path of [
    '-150,0 -110,-120 -150,-220 -90,-330 -140,-440 -180,-560 -120,-660',
    '110,0 150,-110 90,-220 120,-330',
    '300,-250 260,-360 310,-470 270,-600 300,-700',
  ] as const) {
    ink(g, path, 10, '#3d6b3f', (t) => 1 - t * 0.6);
    const points = path.split(' ').map((p) => p.split(',').map(Number) as [number, number]);
    for (let i = 0; i < points.length - 1; i++)
      for (let k = 0; k < 5; k++) {
        const t = k / 5;
        const [a, b] = [points[i]!, points[i + 1]!];
        const [x, y] = [a[0] + (b[0] - a[0]) * t + r.between(-20, 20), a[1] + (b[1] - a[1]) * t];
        placed(g, { x, y, turn: r() * 6 }, (g) =>
          oval(g, 12, 0, 18, 9, { fill: r.pick(['#5f9c4f', '#7fb85f', '#4a8048']) }),
        );
        if (r() < 0.3) oval(g, x, y, 9, 9, { fill: '#ffd1dc', line: '#b86a86', width: 3 });
      }
  }
}

function flowers(g: Pen, w: number, h: number): void {
  const r = random(31);
  const many = Array.from(
    { length: Math.round(w / 7) },
    () => [r() * w, h * (0.87 + r() * 0.16)] as const,
  ).sort((a, b) => a[1] - b[1]);
  for (const [x, y] of many) {
    const s = ((y / h - 0.84) / 0.16) * 26 + 5;
    ink(
      g,
      [
        [x, y + s * 2.4],
        [x + r.between(-4, 4), y],
      ],
      s * 0.18,
      '#3c7a45',
      () => 1,
    );
    const colour = r.pick(['#ff8f6b', '#ffd36b', '#ffffff', '#f57a9b', '#b58be0']);
    for (let i = 0; i < 5; i++)
      oval(g, x + Math.cos(i * 1.257) * s * 0.5, y + Math.sin(i * 1.257) * s * 0.4, s * 0.4, s * 0.36, {
        fill: colour,
      });
    oval(g, x, y, s * 0.26, s * 0.24, { fill: '#8a4a2f' });
  }
}
