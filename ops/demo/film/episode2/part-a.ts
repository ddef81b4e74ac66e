import { moku } from '../../cast/moku.ts';
import { teru } from '../../cast/teru.ts';
import { glow, placed } from '../../draw/shape.ts';
import { mouthOf, raining } from '../acting.ts';
import { moods } from '../moods.ts';
import { summit } from '../sets/hill.ts';
import { town, townLights } from '../sets/town.ts';
import { blinks, cel, ease, type Line, type Shot } from '../shot.ts';

const chaseLines: Line[] = [
  {
    at: 1,
    lasts: 3,
    who: 'moku',
    en: 'You’ve come to chase me off.\nYour kind always does.',
    ja: 'きみも、ぼくを\n追いはらいに来たんでしょ。',
  },
];
const chase: Shot = {
  seconds: 4.8,
  on: 2,
  ambience: ['rain'],
  lines: chaseLines,
  set: () => {
    const { back, front } = summit(moods.night);
    const cloud = cel(1100, 900, moods.night.cel);
    const place = cel(900, 1000, moods.night.cel);
    return (g, t) => {
      const x = -200 - t * 8;
      g.drawImage(back, x, 0);
      cloud(g, 1130, 350, (g) =>
        placed(g, { sx: 1.1 }, (g) =>
          moku(g, {
            eyes: blinks(t, 1) ? 'shut' : 'sad',
            mouth: mouthOf(chaseLines, 'moku', t, 'frown'),
            tears: t * 0.7,
            breath: Math.sin(t * 2),
          }),
        ),
      );
      g.drawImage(front, x, 0);
      place(g, 430, 820, (g) =>
        placed(g, { sx: 0.72 }, (g) =>
          teru(g, {
            holds: 'leaf',
            eyes: blinks(t) ? 'shut' : t > 2.6 ? 'sad' : 'open',
            mouth: 'flat',
            look: [0.8, -0.8],
            sway: Math.sin(t * 2) * 0.1,
          }),
        ),
      );
      raining(g, t, 1.2, [940, 1070]);
    };
  },
};

const onlyLines: Line[] = [
  {
    at: 0.5,
    lasts: 4,
    who: 'moku',
    en: 'I only wanted to see the lanterns.\nBut they go out as soon as I come.',
    ja: 'ちょうちんが、見たかっただけなんだ。\nでも、ぼくが来ると消えちゃう。',
  },
];
const only: Shot = {
  seconds: 5,
  on: 2,
  ambience: ['rain'],
  lines: onlyLines,
  sounds: [
    [1.2, 'drip'],
    [2.6, 'drip'],
    [4, 'drip'],
  ],
  set: () => {
    const { back } = summit(moods.night);
    const cloud = cel(1900, 1500, moods.night.cel);
    return (g, t) => {
      g.drawImage(back, -260, -190, 2600, 1276);
      const z = 1.7 + t * 0.02;
      cloud(g, 960, 540, (g) =>
        placed(g, { sx: z }, (g) =>
          moku(g, {
            eyes: blinks(t) || (t > 2.3 && t < 2.9) ? 'shut' : 'sad',
            mouth: mouthOf(onlyLines, 'moku', t, 'frown'),
            tears: t * 0.8,
            breath: Math.sin(t * 2.4),
          }),
        ),
      );
      raining(g, t, 1.1);
    };
  },
};

/** What it sees every year: lights, and then none. */
const everyYear: Shot = {
  seconds: 5,
  on: 2,
  ambience: ['rain'],
  lines: [{ at: 2.9, lasts: 1.4, who: 'moku', en: 'Every year.', ja: 'まい年、ずっと。' }],
  sounds: [
    [1.2, 'click'],
    [1.7, 'click'],
    [2.1, 'click'],
    [2.6, 'click'],
  ],
  set: () => {
    const { picture, lamps } = town(moods.night);
    return (g, t) => {
      const [x, y] = [-60 - t * 22, -30 - t * 8];
      g.drawImage(picture, x, y);
      townLights(g, lamps, x, y, (i) => t < 1.1 + ((i * 37) % 29) / 16);
      raining(g, t, ease(t, 0.5, 1.6) * 1.2);
    };
  },
};

const invitedLines: Line[] = [
  {
    at: 1.1,
    lasts: 2.8,
    who: 'teru',
    en: 'So nobody ever asked you to come.',
    ja: '……だれも、さそってくれなかったんだね。',
  },
];
const invited: Shot = {
  seconds: 4.8,
  on: 2,
  ambience: ['rain'],
  lines: invitedLines,
  set: () => {
    const { back } = summit(moods.night);
    const place = cel(1500, 1500, moods.night.cel);
    return (g, t) => {
      g.drawImage(back, -100, -190, 2600, 1276);
      place(g, 930, 700, (g) =>
        placed(g, { sx: 1.9 }, (g) =>
          teru(g, {
            holds: 'leaf',
            eyes: blinks(t, 1) ? 'shut' : t > 4 ? 'firm' : 'sad',
            mouth: mouthOf(invitedLines, 'teru', t, t > 4 ? 'smile' : 'flat'),
            look: [0.5, t > 0.8 && t < 1.1 ? 0.6 : -0.4],
            sway: Math.sin(t * 2) * 0.08,
          }),
        ),
      );
      raining(g, t, 1.1);
    };
  },
};

const thisOneLines: Line[] = [
  {
    at: 1.5,
    lasts: 3,
    who: 'teru',
    en: 'Then look at this one.\nIt doesn’t mind getting wet.',
    ja: 'じゃあ、これ見て。\nぬれても平気な、ちょうちんだよ。',
  },
];
const thisOne: Shot = {
  seconds: 5.2,
  on: 2,
  ambience: ['rain'],
  lines: thisOneLines,
  sounds: [
    [0.7, 'whoosh'],
    [1, 'sparkle'],
  ],
  set: () => {
    const { back, front } = summit(moods.night);
    const cloud = cel(1100, 900, moods.night.cel);
    const place = cel(900, 1000, '#3a2c5a30');
    return (g, t) => {
      g.drawImage(back, -200, 0);
      const lit = ease(t, 0.8, 1.4);
      cloud(g, 1180, 400, (g) =>
        placed(g, { sx: 1.02 }, (g) =>
          moku(g, {
            eyes: t > 1.2 ? 'wide' : 'sad',
            mouth: t > 1.2 ? 'o' : 'frown',
            breath: Math.sin(t * 2),
            ...(t < 2 ? { tears: t * 0.7 } : {}),
          }),
        ),
      );
      g.drawImage(front, -200, 0);
      glow(g, 690, 800, 760, '#ff9f4a', 0.55 * lit);
      place(g, 560, 800, (g) =>
        placed(g, { sx: 0.86 }, (g) =>
          teru(g, {
            holds: t > 0.8 ? 'lantern' : 'leaf',
            eyes: blinks(t) ? 'shut' : t > 4.5 ? 'happy' : 'open',
            mouth: mouthOf(thisOneLines, 'teru', t, 'smile'),
            look: [0.7, -0.7],
          }),
        ),
      );
      raining(g, t, 1.1 - 0.4 * ease(t, 3, 5.2), [940, 1070]);
    };
  },
};

export const partA: Shot[] = [chase, only, everyYear, invited, thisOne];
