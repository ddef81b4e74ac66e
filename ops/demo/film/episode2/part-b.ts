import { hana } from '../../cast/hana.ts';
import { hanaBack } from '../../cast/hana-far.ts';
import { moku } from '../../cast/moku.ts';
import { lantern, teru } from '../../cast/teru.ts';
import { cumulus, stars } from '../../draw/nature.ts';
import { glow, ink, oval, placed, sheet, wash } from '../../draw/shape.ts';
import { drift } from '../../draw/weather.ts';
import { mouthOf, raining } from '../acting.ts';
import { moods } from '../moods.ts';
import { summit } from '../sets/hill.ts';
import { festival, firework, lanternString } from '../sets/town.ts';
import { veranda } from '../sets/veranda.ts';
import { ridge } from '../../draw/nature.ts';
import { blinks, cel, ease, HEIGHT, WIDTH, type Line, type Shot } from '../shot.ts';

const warmLines: Line[] = [{ at: 1.9, lasts: 1.2, who: 'moku', en: '…It’s warm.', ja: '……あったかい。' }];
const warm: Shot = {
  seconds: 5,
  on: 2,
  ambience: ['drizzle'],
  lines: warmLines,
  sounds: [[3.5, 'sparkle']],
  set: () => {
    const { back } = summit(moods.night, true);
    const cloud = cel(1900, 1500, '#ff9a4a22');
    return (g, t) => {
      g.drawImage(back, -260, -190, 2600, 1276);
      const calm = t > 3.3;
      cloud(g, 960, 520 + Math.sin(t) * 6, (g) =>
        placed(g, { sx: 1.66 }, (g) =>
          moku(g, {
            mood: calm ? 'calm' : 'rain',
            eyes: t < 1.2 ? 'wide' : calm ? 'happy' : blinks(t) ? 'shut' : 'open',
            mouth: mouthOf(warmLines, 'moku', t, t < 1.2 ? 'flat' : 'smile'),
            breath: Math.sin(t * 1.8),
          }),
        ),
      );
      glow(g, 700, 1240, 1000, '#ff9f4a', 0.6 + Math.sin(t * 5) * 0.04);
      placed(g, { x: 640, y: 900, sx: 1.5 }, (g) => lantern(g, 90, 1));
      raining(g, t, 0.7 * (1 - ease(t, 0.4, 3.1)));
    };
  },
};

/** Night goes, and a small cloud with it, in another colour. */
const sunrise: Shot = {
  seconds: 5,
  on: 1,
  ambience: ['birds'],
  sounds: [[0.4, 'whoosh']],
  set: () => {
    const sky = sheet(WIDTH, 2300, (g) => {
      g.fillStyle = wash(g, 0, 2300, [
        [0, '#1a2450'],
        [0.3, '#4a5fa0'],
        [0.55, '#c9a0c4'],
        [0.75, '#ffb98f'],
        [1, '#fff0c0'],
      ]);
      g.fillRect(0, 0, WIDTH, 2300);
      stars(g, WIDTH, 900, 150, 4);
      cumulus(g, 300, 1800, 900, 150, ['#c98aa8', '#ffc4b4', '#ffe6cc'], 3);
      cumulus(g, 1700, 1940, 1000, 170, ['#c98aa8', '#ffc4b4', '#ffe6cc'], 8);
    });
    const land = sheet(WIDTH, 700, (g) => {
      ridge(g, WIDTH, 150, 70, 700, '#b58aa8', 4);
      ridge(g, WIDTH, 290, 50, 700, '#7d7a9a', 9);
      ridge(
        g,
        WIDTH,
        430,
        30,
        700,
        wash(g, 400, 700, [
          [0, '#5d7a72'],
          [1, '#3a5a54'],
        ]),
        15,
      );
    });
    return (g, t) => {
      const p = ease(t, 0, 4);
      g.drawImage(sky, 0, -1220 * p);
      const y = 1850 - 1190 * p - 250 * ease(t, 1.4, 5);
      glow(g, 1180, y, 640, '#fff0b8', 0.9 * p);
      oval(g, 1180, y, 92, 92, { fill: '#fffbe0' });
      g.drawImage(land, 0, 1700 - 1190 * p);
      const two = Math.floor(t * 12) / 12;
      placed(
        g,
        { x: 420 + two * 60, y: 420 + Math.sin(two * 1.5) * 14 - two * 26, sx: 0.42 - two * 0.02 },
        (g) => moku(g, { mood: t > 1.7 ? 'dawn' : 'calm', eyes: 'happy', mouth: 'smile' }),
      );
    };
  },
};

const sunnyLines: Line[] = [
  { at: 0.7, lasts: 2.5, who: 'hana', en: 'Sunny! Teru, it’s sunny!', ja: 'はれた！ てる、はれたよ！' },
];
const sunny: Shot = {
  seconds: 4.2,
  on: 2,
  ambience: ['birds'],
  lines: sunnyLines,
  sounds: [[0.2, 'whoosh']],
  set: () => {
    const { beyond, frame } = veranda(moods.day);
    return (g, t) => {
      g.drawImage(beyond, -100 - t * 6, 0);
      g.drawImage(frame, 0, 0);
      const jump = Math.abs(Math.sin(t * 4.2)) * (t > 0.6 && t < 3.2 ? 1 : 0);
      placed(g, { x: 900, y: 690 - jump * 46, sx: 1.35 }, (g) =>
        hana(g, {
          eyes: t < 0.6 ? 'wide' : 'happy',
          mouth: mouthOf(sunnyLines, 'hana', t, t < 0.6 ? 'o' : 'a'),
          tilt: Math.sin(t * 4.2) * 0.05,
          look: [0.2, -0.2],
          lift: jump,
        }),
      );
      drift(g, WIDTH, HEIGHT, 26, 6, ['#ffd9e2', '#ffc2d2', '#ffffff'], 'petal', t);
    };
  },
};

const muddyLines: Line[] = [
  { at: 0.9, lasts: 2, who: 'hana', en: '…Why are you all muddy?', ja: '……なんで、どろんこなの？' },
];
const muddy: Shot = {
  seconds: 4.4,
  on: 2,
  ambience: ['birds'],
  lines: muddyLines,
  sounds: [[3.3, 'bell']],
  set: () => {
    const { beyond } = veranda(moods.day);
    return (g, t) => {
      g.save();
      g.scale(1.5, 1.5);
      g.drawImage(beyond, -560, -170);
      g.restore();
      const swing = Math.sin(t * 1.9) * 0.08;
      placed(g, { x: 960, y: -80, turn: swing }, (g) =>
        placed(g, { y: 560, sx: 1.75 }, (g) =>
          teru(g, {
            string: 420,
            mud: true,
            sway: -swing * 3,
            eyes: t > 3.3 && t < 3.9 ? 'open' : t >= 3.9 ? 'happy' : 'shut',
            mouth: 'smile',
            look: [t > 3.3 ? -0.5 : 0, 0],
          }),
        ),
      );
      // A drop still hangs from the leaf of the vine.
      ink(g, '-20,60 300,90 520,50', 14, '#4f8650');
      drift(g, WIDTH, HEIGHT, 16, 9, ['#ffd9e2', '#ffffff'], 'petal', t + 2);
    };
  },
};

const litLines: Line[] = [
  { at: 3, lasts: 1.8, who: 'moku', en: 'They’re all still lit.', ja: 'ぜんぶ、ついてる。' },
];
const lit: Shot = {
  seconds: 6.8,
  on: 2,
  ambience: ['crowd', 'crickets'],
  lines: litLines,
  sounds: [
    [0.9, 'firework'],
    [2.2, 'firework'],
    [4.7, 'firework'],
    [5.3, 'firework'],
  ],
  set: () => {
    const { back, front } = festival(moods.festival);
    const bursts = [
      [0.9, 430, 250, 230, '#ff8f6b'],
      [2.2, 1560, 210, 260, '#8fd0ff'],
      [4.7, 560, 220, 250, '#ffe08a'],
      [5.3, 1480, 260, 210, '#ff9ad0'],
    ] as const;
    return (g, t) => {
      const p = ease(t, 0, 6.8);
      g.drawImage(back, -60 - 50 * p, 0);
      for (const [at, x, y, r, colour] of bursts) firework(g, x - 30 * p, y, r, colour, t - at);
      placed(g, { x: 990, y: 230 + Math.sin(t * 1.4) * 10, sx: 0.42 }, (g) =>
        moku(g, {
          mood: 'dawn',
          eyes: t > 5 ? 'happy' : 'wide',
          mouth: mouthOf(litLines, 'moku', t, 'smile'),
          breath: Math.sin(t * 2),
        }),
      );
      g.drawImage(front, -100 - 110 * p, 0);
      lanternString(g, 400, 110, 40, 12, t * 2);
      lanternString(g, 520, 150, 52, 8, t * 2 + 1);
      placed(g, { x: 900, y: 870 + Math.sin(t * 2) * 3, sx: 0.92 }, (g) => {
        ink(g, '240,330 250,60 232,-190', 14, '#8a5a38', () => 1);
        placed(g, { x: 232, y: -70, sx: 0.42, turn: Math.sin(t * 2.4) * 0.08 }, (g) =>
          teru(g, {
            string: 60,
            mud: true,
            eyes: t > 5 ? 'happy' : 'open',
            mouth: 'smile',
            look: [-0.4, -0.8],
          }),
        );
        hanaBack(g, 'yukata', 0.04);
        oval(g, 236, 150, 30, 28, { fill: '#efbba4', line: '#4a2c3a', width: 6 });
      });
    };
  },
};

export const partB: Shot[] = [warm, sunrise, sunny, muddy, lit];
