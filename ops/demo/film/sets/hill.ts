import { bush, cedar, ridge, sky, stars } from '../../draw/nature.ts';
import { box, ink, oval, placed, shape, sheet, wash, type Pen } from '../../draw/shape.ts';
import type { Mood } from '../moods.ts';
import { graded } from '../shot.ts';

const [LINE, RED, RED_DARK, STONE] = ['#2d2a38', '#d2493c', '#9a2f34', '#a8aca8'];

/** The stone stairs with their gates, 1920 × 2300, to be tilted up. */
export function stairs(mood: Mood) {
  const [w, h] = [1920, 2300];
  return sheet(w, h, (g) => {
    sky(g, w, h * 0.55, mood.sky);
    g.drawImage(
      graded(
        sheet(w, h, (l) => {
          shape(l, '-10,2310 -10,900 420,560 760,430 1160,430 1500,560 1930,900 1930,2310', {
            fill: wash(l, 400, h, [
              [0, '#6b9c70'],
              [1, '#3f7454'],
            ]),
            sharp: true,
          });
          for (let i = 0; i < 40; i++) {
            const y = 640 + i * 42;
            const side = i % 2 ? -1 : 1;
            cedar(l, 960 + side * (330 + ((i * 97) % 520) + i * 5), y + 200, 330 + ((i * 53) % 160), [
              '#2f5f50',
              '#437a5c',
              '#629a70',
            ]);
          }
          const steps = 46;
          for (let i = 0; i < steps; i++) {
            const t = i / steps;
            const y = 470 + t ** 1.25 * 1830;
            const half = 110 + t * 420;
            box(l, 960 - half, y, half * 2, 46 + t * 20, {
              fill: i % 2 ? '#b4b6ae' : STONE,
              line: '#5a5f66',
              width: 3 + t * 3,
              shade: (s) => box(s, 960 - half, y + 18 + t * 12, half * 2, 60, { fill: '#7d8288' }),
            });
          }
          for (const [y, s] of [
            [560, 0.5],
            [800, 0.68],
            [1180, 0.92],
            [1760, 1.3],
          ] as const) {
            placed(l, { x: 960, y, sx: s }, gate);
            for (const side of [-1, 1]) placed(l, { x: 960 + side * 470 * s, y: y + 40 * s, sx: s }, lamp);
          }
        }),
        mood.grade,
      ),
      0,
      0,
    );
  });
}

/** Torii: the origin is between the feet of its posts. */
export function gate(g: Pen): void {
  for (const s of [-1, 1]) {
    shape(
      g,
      [
        [s * 262, -520],
        [s * 296, -520],
        [s * 330, 20],
        [s * 284, 20],
      ],
      {
        fill: RED,
        line: LINE,
        width: 7,
        sharp: true,
        shade: (g) =>
          shape(
            g,
            [
              [s * 286 + 10, -520],
              [s * 286 + 70, -520],
              [s * 320 + 70, 20],
              [s * 308 + 10, 20],
            ],
            { fill: RED_DARK, sharp: true },
          ),
      },
    );
    box(g, s * 307 - 40, -6, 80, 40, { fill: '#3d3a48', line: LINE, width: 6 });
  }
  box(g, -320, -420, 640, 46, {
    fill: RED,
    line: LINE,
    width: 7,
    shade: (g) => box(g, -320, -396, 640, 30, { fill: RED_DARK }),
  });
  box(g, -36, -500, 72, 90, { fill: '#3d3a48', line: LINE, width: 6 });
  shape(g, '-430,-572 -200,-548 0,-544 200,-548 430,-572 412,-506 200,-494 0,-490 -200,-494 -412,-506', {
    fill: RED,
    line: LINE,
    width: 7,
  });
  shape(g, '-444,-606 -200,-578 0,-574 200,-578 444,-606 430,-566 200,-546 0,-542 -200,-546 -430,-566', {
    fill: '#3d3a48',
    line: LINE,
    width: 7,
  });
  ink(g, '-280,-350 -140,-316 0,-330 140,-316 280,-350', 26, '#e6d29a', () => 1);
  for (const x of [-170, 0, 170])
    shape(
      g,
      [
        [x - 20, -318],
        [x + 20, -318],
        [x - 4, -276],
        [x + 26, -240],
        [x - 16, -256],
      ],
      { fill: '#fbf8ec', line: LINE, width: 4, sharp: true },
    );
}

function lamp(g: Pen): void {
  shape(g, '-46,20 -34,-20 34,-20 46,20', { fill: STONE, line: LINE, width: 6, sharp: true });
  box(g, -18, -130, 36, 112, { fill: STONE, line: LINE, width: 6 });
  box(g, -40, -196, 80, 66, { fill: STONE, line: LINE, width: 6 });
  box(g, -22, -184, 44, 42, { fill: '#5d5f68', line: LINE, width: 5 });
  shape(g, '-74,-192 -30,-232 30,-232 74,-192', { fill: '#8d9294', line: LINE, width: 6, sharp: true });
  oval(g, 0, -244, 15, 15, { fill: STONE, line: LINE, width: 5 });
}

/** The top: a clearing, a small shrine on the right, and a lot of sky. */
export function summit(mood: Mood, starry = false) {
  const [w, h] = [2200, 1080];
  return {
    back: sheet(w, h, (g) => {
      sky(g, w, h * 0.9, mood.sky);
      if (starry) stars(g, w, 700, 240, 8);
      g.drawImage(
        graded(
          sheet(w, h, (l) => {
            ridge(l, w, 800, 40, h, '#7ba6b0', 4);
            ridge(l, w, 850, 30, h, '#64938f', 11);
          }),
          mood.grade,
        ),
        0,
        0,
      );
    }),
    front: graded(
      sheet(w, h, (g) => {
        for (const [x, s] of [
          [40, 560],
          [190, 460],
          [2010, 600],
          [2150, 500],
          [1240, 380],
        ] as const)
          cedar(g, x, 920, s, ['#2f5f50', '#437a5c', '#629a70']);
        placed(g, { x: 1640, y: 910, sx: 1.02 }, shrine);
        ridge(
          g,
          w,
          915,
          10,
          h,
          wash(g, 900, h, [
            [0, '#86b26a'],
            [1, '#54885a'],
          ]),
          3,
        );
        shape(g, '700,1090 980,960 1400,930 1800,930 1700,990 1500,1090', { fill: '#c4bda4' });
        for (const [x, s] of [
          [60, 1],
          [420, 0.7],
          [2120, 1],
        ] as const)
          bush(g, x, 1100, 380 * s, 170 * s, ['#255645', '#38795a', '#4f9468'], x);
        for (const x of [1290, 1990]) placed(g, { x, y: 950, sx: 0.8 }, lamp);
      }),
      mood.grade,
    ),
  };
}

function shrine(g: Pen): void {
  box(g, -210, -40, 420, 50, { fill: STONE, line: LINE, width: 6 });
  box(g, -170, -230, 340, 192, {
    fill: '#b07a52',
    line: LINE,
    width: 6,
    shade: (g) => box(g, 60, -230, 140, 200, { fill: '#86583c' }),
  });
  for (const x of [-130, -10]) {
    box(g, x, -200, 110, 160, { fill: '#6b4433', line: LINE, width: 5 });
    for (let k = 1; k < 4; k++)
      ink(
        g,
        [
          [x + k * 27, -200],
          [x + k * 27, -40],
        ],
        5,
        '#3f2a24',
        () => 1,
      );
  }
  shape(g, '-320,-210 -220,-250 -120,-350 0,-384 120,-350 220,-250 320,-210 200,-226 0,-234 -200,-226', {
    fill: '#56707a',
    line: LINE,
    width: 7,
    shade: (g) => {
      for (let i = -6; i < 7; i++)
        ink(
          g,
          [
            [i * 20, -390],
            [i * 54, -210],
          ],
          4,
          '#3d545e',
          () => 1,
        );
      shape(g, '60,-400 130,-210 360,-200 360,-400', { fill: '#00000030', sharp: true });
    },
  });
  for (const s of [-1, 1])
    ink(
      g,
      [
        [s * -20, -366],
        [s * 60, -450],
      ],
      15,
      '#56707a',
      () => 1,
    );
  ink(g, '-120,-214 0,-190 120,-214', 17, '#e6d29a', () => 1);
  ink(g, '0,-196 0,-90', 12, '#e0cfa0', () => 1);
  oval(g, 0, -206, 20, 22, { fill: '#e8b84a', line: LINE, width: 5 });
  box(g, -60, -30, 120, 40, { fill: '#86583c', line: LINE, width: 5 });
}
