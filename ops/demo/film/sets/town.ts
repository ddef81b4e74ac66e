import { lantern } from '../../cast/teru.ts';
import { cedar, ridge, sky, stars } from '../../draw/nature.ts';
import { random } from '../../draw/random.ts';
import { box, glow, ink, placed, shape, sheet, wash, type Pen, type Point } from '../../draw/shape.ts';
import type { Mood } from '../moods.ts';
import { graded } from '../shot.ts';

const LINE = '#2d2a3e';

/** The town from above, as a cloud sees it: roofs along three lanes, and where the lanterns hang. */
export function town(mood: Mood) {
  const [w, h] = [2200, 1240];
  const r = random(19);
  const lamps: Point[] = [];
  const picture = sheet(w, h, (g) => {
    sky(g, w, 420, mood.sky);
    g.drawImage(
      graded(
        sheet(w, h, (l) => {
          const hills = ridge(l, w, 300, 50, h, '#6a9c94', 6);
          for (let x = 0; x < w; x += 50)
            cedar(l, x, hills(x) + 30, 80 + ((x * 31) % 40), ['#3f7468', '#558c74']);
          ridge(
            l,
            w,
            380,
            14,
            h,
            wash(l, 360, h, [
              [0, '#8aa07c'],
              [1, '#6d7a62'],
            ]),
            4,
          );
          for (let row = 0; row < 6; row++) {
            const y = 430 + row * 128 + row * row * 6;
            const s = 0.55 + row * 0.15;
            const street = row % 2 === 1;
            if (street)
              shape(
                l,
                [
                  [-10, y - 40 * s],
                  [w + 10, y - 52 * s],
                  [w + 10, y + 30 * s],
                  [-10, y + 40 * s],
                ],
                { fill: '#b9a98a', sharp: true },
              );
            else
              for (let x = -80 - row * 20; x < w; x += 210 * s + r.between(0, 30))
                placed(l, { x, y, sx: s }, (g) =>
                  roof(g, r.pick(['#5b6478', '#6b5a62', '#4f6870']), r() < 0.5),
                );
          }
        }),
        mood.grade,
      ),
      0,
      0,
    );
    for (const row of [1, 3, 5]) {
      const y = 430 + row * 128 + row * row * 6;
      const s = 0.55 + row * 0.15;
      for (let x = 60; x < w; x += 118 * s) lamps.push([x, y - 66 * s + Math.sin(x / 90) * 8]);
      ink(
        g,
        Array.from({ length: 24 }, (_, i): Point => [i * 96, y - 74 * s + Math.sin((i * 96) / 90) * 8]),
        3,
        '#3d2630',
        () => 1,
      );
    }
  });
  return { picture, lamps };
}

function roof(g: Pen, fill: string, wide: boolean): void {
  const half = wide ? 110 : 84;
  box(g, -half + 14, -30, half * 2 - 28, 76, { fill: '#d9cbb0', line: LINE, width: 5 });
  box(g, -20, -6, 40, 36, { fill: '#8a7a68', line: LINE, width: 4 });
  shape(
    g,
    [
      [-half, -20],
      [-half + 40, -100],
      [half - 40, -100],
      [half, -20],
    ],
    {
      fill,
      line: LINE,
      width: 6,
      sharp: true,
      shade: (g) => {
        for (let i = -3; i < 4; i++)
          ink(
            g,
            [
              [i * 26, -104],
              [i * 36, -16],
            ],
            4,
            '#00000044',
            () => 1,
          );
        shape(g, '20,-104 50,-16 160,-16 160,-104', { fill: '#00000033', sharp: true });
      },
    },
  );
}

/** The lanterns of the town, `lit` saying for each (0 to 1 along its way) whether it burns. */
export function townLights(
  g: Pen,
  lamps: readonly Point[],
  x: number,
  y: number,
  lit: (i: number) => boolean,
): void {
  for (const [i, [lx, ly]] of lamps.entries()) {
    const s = 7 + ((ly - 400) / 800) * 16;
    placed(g, { x: lx + x, y: ly + y }, (g) => lantern(g, s, lit(i) ? 1 : 0));
  }
}

/** The festival street: stalls and two strings of lanterns under a wide sky. */
export function festival(mood: Mood) {
  const [w, h] = [2200, 1080];
  return {
    back: sheet(w, h, (g) => {
      sky(g, w, h * 0.85, mood.sky);
      stars(g, w, 520, 150, 7);
      g.drawImage(
        graded(
          sheet(w, h, (l) => {
            const r = ridge(l, w, 740, 40, h, '#5d8f96', 5);
            for (let x = 0; x < w; x += 60)
              cedar(l, x, r(x) + 24, 90 + ((x * 37) % 60), ['#3a6a70', '#4a7d7c']);
          }),
          mood.grade,
        ),
        0,
        0,
      );
    }),
    front: sheet(w, h, (g) => {
      g.drawImage(
        graded(
          sheet(w, h, (l) =>
            shape(l, '-10,900 2210,900 2210,1090 -10,1090', {
              fill: wash(l, 900, h, [
                [0, '#c9b08c'],
                [1, '#8f7a68'],
              ]),
              sharp: true,
            }),
          ),
          mood.grade,
        ),
        0,
        0,
      );
      const cloths = [
        ['#e2574f', '#fff3e2'],
        ['#3f8fb0', '#fff3e2'],
        ['#f0b93f', '#b5503f'],
        ['#5aa06a', '#fff3e2'],
        ['#8a5ab0', '#ffe6f0'],
      ] as const;
      for (let i = 0; i < 5; i++) placed(g, { x: 90 + i * 480, y: 930 }, (g) => stall(g, cloths[i]!));
    }),
  };
}

function stall(g: Pen, [a, b]: readonly [string, string]): void {
  glow(g, 0, -150, 330, '#ffc66f', 0.6);
  for (const x of [-170, 156]) box(g, x, -260, 16, 270, { fill: '#6b4a3c', line: LINE, width: 4 });
  box(g, -176, -200, 352, 130, {
    fill: wash(g, -200, -70, [
      [0, '#ffe2a0'],
      [1, '#ffb866'],
    ]),
  });
  for (let i = 0; i < 6; i++)
    box(g, -150 + i * 52, -116, 34, 40, { fill: i % 2 ? '#d8574c' : '#fff3d8', line: LINE, width: 4 });
  box(g, -190, -76, 380, 86, { fill: '#8a5a42', line: LINE, width: 5 });
  for (let i = 0; i < 7; i++) {
    const x = -210 + i * 60;
    shape(
      g,
      [
        [x + 14, -290],
        [x + 56, -290],
        [x + 60, -220],
        [x + 30, -200],
        [x, -220],
      ],
      { fill: i % 2 ? a : b, line: LINE, width: 5, sharp: true },
    );
  }
  shape(g, '-200,-290 -176,-322 176,-322 204,-290', { fill: a, line: LINE, width: 5, sharp: true });
}

/** A string of lanterns that sways, drawn live. */
export function lanternString(
  g: Pen,
  y: number,
  sag: number,
  size: number,
  count: number,
  sway: number,
): void {
  const at = (t: number): Point => [-40 + t * 2000, y + Math.sin(Math.PI * t) * sag];
  ink(g, [at(0), at(0.25), at(0.5), at(0.75), at(1)], 5, '#3d2630', () => 1);
  for (let i = 0; i < count; i++) {
    const [x, ly] = at((i + 0.5) / count);
    placed(g, { x, y: ly, turn: Math.sin(sway + i * 1.3) * 0.06 }, (g) => lantern(g, size, 1));
  }
}

/** A firework `age` seconds after it burst. */
export function firework(g: Pen, x: number, y: number, radius: number, colour: string, age: number): void {
  if (age < 0 || age > 1.9) return;
  const open = 1 - (1 - Math.min(1, age / 0.7)) ** 3;
  const fade = age < 0.8 ? 1 : 1 - (age - 0.8) / 1.1;
  g.save();
  g.globalAlpha = Math.max(0, fade);
  glow(g, x, y, radius * 1.5, colour, 0.35 * fade);
  for (const [ring, count] of [
    [1, 26],
    [0.66, 18],
    [0.34, 10],
  ] as const)
    for (let i = 0; i < count; i++) {
      const a = (i / count) * Math.PI * 2 + ring;
      const d = radius * ring * open;
      const drop = age * age * 26;
      const [ex, ey] = [x + Math.cos(a) * d, y + Math.sin(a) * d + drop];
      ink(
        g,
        [
          [x + Math.cos(a) * d * 0.72, y + Math.sin(a) * d * 0.72 + drop * 0.8],
          [ex, ey],
        ],
        7,
        colour,
        (t) => t,
      );
      g.fillStyle = '#fffbe8';
      g.beginPath();
      g.arc(ex, ey, 4, 0, 7);
      g.fill();
    }
  g.restore();
}
