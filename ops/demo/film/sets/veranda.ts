import { cedar, cumulus, ridge, sky, stars } from '../../draw/nature.ts';
import { box, ink, oval, shape, sheet, wash, type Pen } from '../../draw/shape.ts';
import { bush } from '../../draw/nature.ts';
import { hydrangea } from '../../draw/weather.ts';
import type { Mood } from '../moods.ts';
import { graded } from '../shot.ts';

const [LINE, WOOD, WOOD_DARK, WOOD_LIGHT] = ['#33242c', '#9a6f4c', '#6f4c37', '#b98d62'];

/** Looking out from the room: the garden beyond (2200 wide), and the eaves, posts and boards that frame it. */
export function veranda(mood: Mood, starry = false) {
  const [w, h] = [2200, 1080];
  return {
    beyond: sheet(w, h, (g) => {
      sky(g, w, h * 0.78, mood.sky);
      if (starry) stars(g, w, 500, 160, 5);
      if (!mood.lamps) cumulus(g, 1500, 560, 900, 230, ['#c4dcec', '#f2f8f8', '#ffffff'], 5);
      g.drawImage(
        graded(
          sheet(w, h, (l) => {
            ridge(l, w, 590, 60, h, '#8fb7bd', 6);
            const r = ridge(l, w, 660, 46, h, '#6a9c94', 12);
            for (let x = 0; x < w; x += 64)
              cedar(l, x, r(x) + 26, 120 + ((x * 43) % 80), ['#3f7468', '#558c74', '#74a786']);
            ridge(
              l,
              w,
              760,
              14,
              h,
              wash(l, 740, h, [
                [0, '#86b568'],
                [1, '#5b9158'],
              ]),
              9,
            );
            // A bamboo fence, and bushes in flower before it.
            for (let x = 0; x < w; x += 30)
              box(l, x, 690 + ((x * 3) % 9), 22, 110, { fill: '#a9a064', line: '#5d5a3c', width: 3 });
            for (const y of [716, 768])
              ink(
                l,
                [
                  [0, y],
                  [w, y],
                ],
                9,
                '#7a7246',
                () => 1,
              );
            for (const [x, s] of [
              [180, 1],
              [560, 0.8],
              [1560, 0.9],
              [1980, 1.1],
            ] as const) {
              bush(l, x, 900, 420 * s, 190 * s, ['#2b604c', '#3f8060', '#5a9c70'], x);
              for (let i = 0; i < 5; i++)
                hydrangea(
                  l,
                  x + (i - 2) * 74 * s,
                  770 + (i % 2) * 46,
                  48 * s,
                  i % 2 ? 'blue' : 'pink',
                  x + i,
                );
            }
            for (let i = 0; i < 4; i++)
              oval(l, 960 + i * 60, 830 + i * 30, 70 + i * 12, 15 + i * 3, {
                fill: '#b3b3a6',
                line: '#5d6a60',
                width: 4,
              });
          }),
          mood.grade,
        ),
        0,
        0,
      );
    }),
    frame: graded(
      sheet(1920, h, (g) => {
        eaves(g);
        for (const x of [70, 1770]) post(g, x);
        floor(g);
      }),
      mood.grade,
    ),
  };
}

function eaves(g: Pen): void {
  shape(g, '-10,-10 1930,-10 1930,64 -10,64', { fill: WOOD_DARK, line: LINE, width: 6, sharp: true });
  for (let x = 20; x < 1920; x += 118) box(g, x, 58, 34, 54, { fill: WOOD, line: LINE, width: 5 });
  box(g, -10, 104, 1940, 30, {
    fill: WOOD_LIGHT,
    line: LINE,
    width: 5,
    shade: (g) => box(g, -10, 122, 1940, 20, { fill: '#00000033' }),
  });
}

function post(g: Pen, x: number): void {
  box(g, x, 134, 80, 790, {
    fill: WOOD,
    line: LINE,
    width: 6,
    shade: (g) => {
      box(g, x + 50, 134, 40, 800, { fill: '#00000030' });
      for (const k of [14, 30, 46])
        ink(
          g,
          [
            [x + k, 140],
            [x + k + 5, 460],
            [x + k - 3, 900],
          ],
          3,
          WOOD_DARK,
        );
    },
  });
}

function floor(g: Pen): void {
  shape(g, '-10,880 1930,880 1930,1090 -10,1090', {
    fill: wash(g, 880, 1080, [
      [0, '#c79a6c'],
      [1, '#8a5f42'],
    ]),
    line: LINE,
    width: 6,
    sharp: true,
  });
  for (let i = -4; i < 24; i++)
    ink(
      g,
      [
        [960 + (i - 10) * 150, 880],
        [960 + (i - 10) * 208, 1090],
      ],
      4,
      WOOD_DARK,
      () => 1,
    );
  shape(g, '-10,872 1930,872 1930,896 -10,896', { fill: WOOD_LIGHT, line: LINE, width: 5, sharp: true });
  g.save();
  g.globalAlpha = 0.18;
  for (const x of [300, 1250])
    shape(
      g,
      [
        [x, 900],
        [x + 360, 900],
        [x + 300, 1080],
        [x - 160, 1080],
      ],
      { fill: '#fff6da', sharp: true },
    );
  g.restore();
}
