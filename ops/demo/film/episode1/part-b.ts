import { moku } from '../../cast/moku.ts';
import { teru } from '../../cast/teru.ts';
import { ink, oval, placed, shape } from '../../draw/shape.ts';
import { hopping, mouthOf, raining } from '../acting.ts';
import { moods } from '../moods.ts';
import { stairs, summit } from '../sets/hill.ts';
import { path } from '../sets/path.ts';
import { veranda } from '../sets/veranda.ts';
import { blinks, cel, ease, type Line, type Shot } from '../shot.ts';

const letsGoLines: Line[] = [
  {
    at: 1.8,
    lasts: 1.7,
    who: 'teru',
    en: 'All right. I’ll go and see the rain.',
    ja: 'よし。雨に会いに、いこう。',
  },
];
const letsGo: Shot = {
  seconds: 4,
  on: 2,
  ambience: ['rain'],
  lines: letsGoLines,
  sounds: [
    [0.45, 'land'],
    [3.5, 'hop'],
  ],
  set: () => {
    const { beyond, frame } = veranda(moods.night);
    const place = cel(900, 1000, moods.night.cel);
    return (g, t) => {
      g.drawImage(beyond, -150, 0);
      raining(g, t, 1);
      g.drawImage(frame, 0, 0);
      const fall = Math.min(1, t / 0.45);
      const squash =
        t < 0.45
          ? -0.12
          : t < 1.3
            ? 0.36 * Math.cos((t - 0.45) * 13) * Math.exp(-(t - 0.45) * 5)
            : t > 3.35
              ? 0.22
              : 0;
      const y = -200 + fall * fall * 900 - (t > 3.5 ? (t - 3.5) * 900 : 0);
      place(g, 960, y, (g) =>
        placed(g, { sx: 1.12, y: 30 }, (g) =>
          teru(g, {
            squash,
            sway: t < 0.45 ? -0.6 : 0,
            eyes: t < 0.9 ? 'wide' : t > 1.7 ? 'firm' : blinks(t) ? 'shut' : 'open',
            mouth: mouthOf(letsGoLines, 'teru', t, t < 0.9 ? 'o' : 'smile'),
            look: [t > 1 && t < 1.4 ? -0.7 : t >= 1.4 && t < 1.75 ? 0.7 : 0, 0],
          }),
        ),
      );
    };
  },
};

const excuseMeLines: Line[] = [
  {
    at: 1.2,
    lasts: 3.6,
    who: 'teru',
    en: 'Excuse me. Coming through.\nExcuse me, snail.',
    ja: 'しつれいします。とおります。\nかたつむりさん、しつれいします。',
  },
];
const excuseMe: Shot = {
  seconds: 7,
  on: 1,
  ambience: ['rain'],
  lines: excuseMeLines,
  sounds: Array.from({ length: 10 }, (_, i) => [0.1 + i * 0.7, 'hop'] as const),
  set: () => {
    const layers = path(moods.night);
    const place = cel(900, 1000, moods.night.cel);
    return (g, t) => {
      g.drawImage(layers.sky, 0, 0);
      g.drawImage(layers.far, -t * 34, 0);
      g.drawImage(layers.wall, -t * 150, 0);
      const two = Math.floor(t * 12) / 12;
      placed(g, { x: 2060 - t * 150 + t * 3, y: 742, sx: 0.62 }, snail);
      const hop = hopping(two, 0.7);
      place(g, 620 + t * 70, 640 - hop.up * 110, (g) =>
        placed(g, { sx: 1 }, (g) =>
          teru(g, {
            holds: 'leaf',
            sway: hop.sway,
            squash: hop.squash,
            eyes: blinks(two) ? 'shut' : 'open',
            mouth: mouthOf(excuseMeLines, 'teru', two, 'smile'),
            look: [0.7, 0],
          }),
        ),
      );
      raining(g, t, 1, [880, 1060]);
      g.drawImage(layers.near, -t * 330, 760);
    };
  },
};

function snail(g: Parameters<ReturnType<Shot['set']>>[0]): void {
  const line = '#2a2c44';
  shape(g, '-120,0 -90,-30 40,-34 90,-70 120,-96 150,-80 140,-30 100,0', { fill: '#c9b48a', line, width: 6 });
  oval(g, -20, -80, 84, 78, {
    fill: '#b0785a',
    line,
    width: 7,
    shade: (g) => oval(g, 20, -50, 80, 74, { fill: '#8a5a48' }),
  });
  ink(g, '30,-70 0,-120 -60,-100 -60,-50 -20,-40 10,-70 -20,-90', 7, line);
  for (const [x, y] of [
    [116, -140],
    [152, -132],
  ] as const) {
    ink(
      g,
      [
        [128, -86],
        [x, y],
      ],
      7,
      line,
      () => 1,
    );
    oval(g, x, y, 9, 9, { fill: '#ffffff', line, width: 4 });
  }
}

const stairsLines: Line[] = [
  {
    at: 1,
    lasts: 2.8,
    who: 'teru',
    en: 'That’s a lot of stairs\nfor somebody with no legs.',
    ja: '足がないのに、\nこの石段かあ。',
  },
];
const theStairs: Shot = {
  seconds: 4.5,
  on: 1,
  ambience: ['rain'],
  lines: stairsLines,
  set: () => {
    const hill = stairs(moods.night);
    const place = cel(900, 1000, moods.night.cel);
    return (g, t) => {
      const up = ease(t, 0.5, 4.2);
      const y = -1220 + up * 1220;
      g.drawImage(hill, 0, y);
      place(g, 960, y + 2030, (g) =>
        placed(g, { sx: 0.8 }, (g) =>
          teru(g, {
            holds: 'leaf',
            eyes: 'wide',
            mouth: mouthOf(stairsLines, 'teru', t, 'flat'),
            look: [0, -1],
          }),
        ),
      );
      raining(g, t, 1);
    };
  },
};

const misterRainLines: Line[] = [
  { at: 2.2, lasts: 1.7, who: 'teru', en: 'Um… are you the rain?', ja: 'あの……雨さん、ですか？' },
];
const misterRain: Shot = {
  seconds: 4.5,
  on: 2,
  ambience: ['rain'],
  lines: misterRainLines,
  sounds: [
    [0.5, 'hop'],
    [1.2, 'hop'],
    [1.7, 'land'],
  ],
  set: () => {
    const { back, front } = summit(moods.night);
    const cloud = cel(1000, 900, moods.night.cel);
    const place = cel(900, 1000, moods.night.cel);
    return (g, t) => {
      g.drawImage(back, -200, 0);
      // Its back is turned: a cloud without a face.
      cloud(g, 1150, 330, (g) =>
        placed(g, { sx: -1.05, sy: 1.05 }, (g) =>
          moku(g, { eyes: 'none', mouth: 'none', breath: Math.sin(t * 2.4) + (t % 1.4 < 0.2 ? 1 : 0) }),
        ),
      );
      g.drawImage(front, -200, 0);
      const hop = t < 1.7 ? hopping(t, 0.6) : { up: 0, squash: 0, sway: 0 };
      place(g, 160 + Math.min(t, 1.7) * 200, 830 - hop.up * 90, (g) =>
        placed(g, { sx: 0.72 }, (g) =>
          teru(g, {
            holds: 'leaf',
            squash: hop.squash,
            sway: hop.sway,
            eyes: t > 1.8 ? 'wide' : 'open',
            mouth: mouthOf(misterRainLines, 'teru', t, 'flat'),
            look: [0.8, -0.8],
          }),
        ),
      );
      raining(g, t, 1.3, [940, 1070]);
    };
  },
};

const whoIsItLines: Line[] = [{ at: 2.3, lasts: 1.2, who: 'moku', en: '…Who’s there?', ja: '……だあれ？' }];
const whoIsIt: Shot = {
  seconds: 4.5,
  on: 2,
  ambience: ['rain'],
  lines: whoIsItLines,
  sounds: [
    [1, 'drip'],
    [1.9, 'drip'],
    [3.9, 'bell'],
  ],
  set: () => {
    const { back } = summit(moods.night);
    const cloud = cel(1700, 1400, moods.night.cel);
    return (g, t) => {
      g.drawImage(back, -260, -190, 2600, 1276);
      const turn = ease(t, 0.4, 1.2);
      cloud(g, 960, 560, (g) =>
        placed(g, { sx: 1.62 }, (g) =>
          moku(g, {
            eyes: t < 0.8 ? 'none' : blinks(t, 2) ? 'shut' : 'sad',
            mouth: t < 0.8 ? 'none' : mouthOf(whoIsItLines, 'moku', t, 'frown'),
            breath: Math.sin(t * 2.4),
            ...(turn === 1 ? { tears: t * 0.8 } : {}),
          }),
        ),
      );
      raining(g, t, 1.2);
    };
  },
};

export const partB: Shot[] = [letsGo, excuseMe, theStairs, misterRain, whoIsIt];
