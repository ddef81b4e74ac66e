import { bush, cedar, grass, ridge, sky } from '../../draw/nature.ts';
import { box, ink, oval, shape, sheet, wash } from '../../draw/shape.ts';
import { hydrangea } from '../../draw/weather.ts';
import type { Mood } from '../moods.ts';
import { graded } from '../shot.ts';

/** The lane to the hill, in four depths, each longer than the one behind: they pass at different speeds. */
export function path(mood: Mood) {
  return {
    sky: sheet(1920, 1080, (g) => sky(g, 1920, 900, mood.sky)),
    far: graded(
      sheet(2500, 1080, (g) => {
        ridge(g, 2500, 560, 90, 1080, '#8fb7bd', 5);
        const r = ridge(g, 2500, 680, 46, 1080, '#6a9c94', 14);
        for (let x = 0; x < 2500; x += 70)
          cedar(g, x, r(x) + 26, 130 + ((x * 47) % 90), ['#3f7468', '#558c74', '#74a786']);
      }),
      mood.grade,
    ),
    wall: graded(
      sheet(3800, 1080, (g) => {
        for (let x = -40; x < 3800; x += 620) {
          for (let k = 0; k < 3; k++)
            bush(g, x + 90 + k * 190, 660, 210, 170, ['#3a6b50', '#548c5f', '#78ac70'], x + k);
          box(g, x, 640, 560, 220, {
            fill: '#e6dac2',
            line: '#3d2f3a',
            width: 6,
            shade: (g) => box(g, x, 780, 600, 90, { fill: '#b8a690' }),
          });
          shape(
            g,
            [
              [x - 30, 650],
              [x - 6, 590],
              [x + 566, 590],
              [x + 590, 650],
            ],
            { fill: '#5b6478', line: '#3d2f3a', width: 6, sharp: true },
          );
          for (let k = 0; k < 16; k++)
            oval(g, x - 10 + k * 38, 648, 18, 14, { fill: '#6f788c', line: '#3d2f3a', width: 4 });
        }
        shape(g, '-10,850 3810,850 3810,1090 -10,1090', {
          fill: wash(g, 850, 1080, [
            [0, '#c9b590'],
            [1, '#93805f'],
          ]),
          sharp: true,
        });
        for (let x = 0; x < 3800; x += 150)
          oval(g, x + ((x * 7) % 60), 940 + ((x * 3) % 90), 70, 13, { fill: '#aab4bc66' });
        for (let x = 60; x < 3800; x += 330) {
          bush(g, x, 880, 260, 130, ['#255645', '#38795a', '#4f9468'], x);
          for (let i = 0; i < 4; i++)
            hydrangea(
              g,
              x + (i - 1.5) * 62,
              790 + (i % 2) * 34,
              44,
              (x / 330) % 2 > 1 ? 'pink' : 'blue',
              x + i,
            );
        }
        grass(g, 0, 3800, () => 884, 30, ['#5f9c55', '#7db562', '#4b8450'], 3, 16);
      }),
      mood.grade,
    ),
    near: graded(
      sheet(5200, 460, (g) => {
        for (let x = 100; x < 5200; x += 900) {
          for (const [dx, bend] of [
            [0, -60],
            [60, 40],
            [130, -20],
            [200, 70],
          ] as const)
            shape(
              g,
              [
                [x + dx, 470],
                [x + dx + bend - 24, 250],
                [x + dx + bend * 2, 60],
                [x + dx + bend + 30, 240],
                [x + dx + 44, 470],
              ],
              { fill: '#1f4a40' },
            );
          ink(
            g,
            [
              [x + 400, 470],
              [x + 430, 300],
              [x + 520, 200],
            ],
            12,
            '#1f4a40',
          );
        }
      }),
      mood.grade,
    ),
  };
}
