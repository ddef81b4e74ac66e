import { bush, cedar, cumulus, grass, ridge, sky, tree } from '../../draw/nature.ts';
import { box, glow, ink, oval, placed, shape, sheet, wash, type Pen } from '../../draw/shape.ts';
import { hydrangea } from '../../draw/weather.ts';
import type { Mood } from '../moods.ts';
import { graded } from '../shot.ts';

const [LINE, WOOD, WOOD_DARK, ROOF] = ['#3d2f3a', '#b0835c', '#86603f', '#5b6478'];

/** The house on its hill, 2300 × 1240 a layer: sky, land behind, house and garden, leaves in front. */
export function house(mood: Mood, clouds = true) {
  const [w, h] = [2300, 1240];
  return {
    back: sheet(w, h, (g) => {
      sky(g, w, h * 0.75, mood.sky);
      if (clouds && !mood.lamps) {
        cumulus(g, 520, 700, 900, 260, ['#b9dcee', '#eff9fb', '#ffffff'], 4);
        cumulus(g, 1760, 640, 700, 190, ['#b9dcee', '#eff9fb', '#ffffff'], 9);
      }
      const land = graded(
        sheet(w, h, (l) => {
          ridge(l, w, 690, 70, h, '#8fb7bd', 3);
          const r = ridge(l, w, 770, 50, h, '#6a9c94', 8);
          for (let x = 0; x < w; x += 58)
            cedar(l, x, r(x) + 30, 120 + ((x * 41) % 70), ['#3f7468', '#558c74', '#74a786']);
        }),
        mood.grade,
      );
      g.drawImage(land, 0, 0);
    }),
    front: graded(
      sheet(w, h, (g) => {
        ridge(
          g,
          w,
          960,
          18,
          h,
          wash(g, 900, h, [
            [0, '#8dbb68'],
            [1, '#4f8a55'],
          ]),
          5,
        );
        tree(g, 1790, 1010, 640, ['#3f7550', '#5c9a5c', '#8ac070'], '#6b4a3c', 6);
        placed(g, { x: 900, y: 985 }, (g) => building(g, mood.lamps));
        // Stepping stones from the veranda to the gate.
        for (let i = 0; i < 6; i++)
          oval(g, 1330 + i * 120 + (i % 2) * 30, 1030 + i * 34, 60 + i * 5, 18 + i * 2, {
            fill: '#b3b3a6',
            line: '#5d6a60',
            width: 4,
          });
        grass(g, 0, w, (x) => 985 + ((x * 7) % 90), 26, ['#5f9c55', '#7db562', '#4b8450'], 4, 26);
      }),
      mood.grade,
    ),
    lights: (g: Pen, x: number, y: number) => {
      if (!mood.lamps) return;
      glow(g, x + 760, y + 830, 420, '#ffc66f', 0.55);
    },
    near: graded(
      sheet(2700, 420, (g) => {
        for (const [x, s] of [
          [120, 1],
          [520, 0.8],
          [1980, 0.9],
          [2420, 1.1],
        ] as const) {
          bush(g, x, 430, 470 * s, 260 * s, ['#255645', '#38795a', '#4f9468'], x);
          for (let i = 0; i < 6; i++)
            hydrangea(
              g,
              x + (i - 2.5) * 74 * s,
              250 + (i % 2) * 60 + (1 - s) * 150,
              54 * s,
              i % 3 ? 'blue' : 'pink',
              x + i,
            );
        }
      }),
      mood.grade,
    ),
  };
}

/** A farmhouse with a veranda along its front; the origin is the middle of its foot. */
function building(g: Pen, lit: boolean): void {
  box(g, -470, -300, 940, 280, { fill: '#e9dcc0', line: LINE, width: 6 });
  // Paper screens, some open.
  for (let i = 0; i < 6; i++) {
    const x = -440 + i * 148;
    const open = i === 2;
    box(g, x, -262, 140, 230, {
      fill: open
        ? '#5d4638'
        : lit
          ? wash(g, -262, -32, [
              [0, '#ffe9b4'],
              [1, '#ffcb7c'],
            ])
          : '#fbf6e8',
      line: LINE,
      width: 5,
    });
    if (open) continue;
    for (let k = 1; k < 4; k++)
      ink(
        g,
        [
          [x, -262 + k * 58],
          [x + 140, -262 + k * 58],
        ],
        4,
        WOOD_DARK,
        () => 1,
      );
    for (let k = 1; k < 3; k++)
      ink(
        g,
        [
          [x + k * 47, -262],
          [x + k * 47, -32],
        ],
        4,
        WOOD_DARK,
        () => 1,
      );
  }
  for (let i = 0; i < 5; i++) box(g, -500 + i * 246, -300, 18, 300, { fill: WOOD, line: LINE, width: 4 });
  shape(g, '-560,-34 560,-34 576,-4 -576,-4', { fill: WOOD, line: LINE, width: 5, sharp: true });
  for (let i = 0; i < 12; i++)
    ink(
      g,
      [
        [-540 + i * 98, -34],
        [-556 + i * 101, -4],
      ],
      3,
      WOOD_DARK,
      () => 1,
    );
  box(g, -560, -4, 1120, 14, { fill: WOOD_DARK, line: LINE, width: 4 });
  for (let i = 0; i < 7; i++) box(g, -540 + i * 174, 8, 22, 40, { fill: WOOD_DARK, line: LINE, width: 4 });
  shape(g, '-640,-280 -600,-300 -430,-470 -360,-520 360,-520 430,-470 600,-300 640,-280 560,-270 -560,-270', {
    fill: ROOF,
    line: LINE,
    width: 7,
    sharp: true,
    shade: (g) => {
      for (let i = -12; i < 13; i++)
        ink(
          g,
          [
            [i * 34, -530],
            [i * 54, -260],
          ],
          4,
          '#434b60',
          () => 1,
        );
      for (const y of [-460, -400, -340])
        ink(
          g,
          [
            [-700, y],
            [700, y],
          ],
          5,
          '#434b6088',
          () => 1,
        );
      shape(g, '140,-540 260,-260 700,-260 700,-540', { fill: '#2c335040', sharp: true });
    },
  });
  shape(g, '-390,-510 -372,-556 372,-556 390,-510', { fill: '#6f788c', line: LINE, width: 6, sharp: true });
}
