import { hana } from '../../cast/hana.ts';
import { hanaBack, hanaSitting } from '../../cast/hana-far.ts';
import { teru } from '../../cast/teru.ts';
import { glow, ink, oval, placed, shape, sheet, wash } from '../../draw/shape.ts';
import { mouthOf, raining } from '../acting.ts';
import { moods } from '../moods.ts';
import { house } from '../sets/house.ts';
import { veranda } from '../sets/veranda.ts';
import { blinks, cel, ease, type Line, type Shot } from '../shot.ts';

/** Dusk, rain, a house with one small person on its veranda. */
const stillRaining: Shot = {
  seconds: 4.5,
  on: 1,
  ambience: ['rain'],
  lines: [{ at: 2, lasts: 1.6, who: 'hana', en: 'It’s still raining.', ja: 'まだ、ふってる。' }],
  set: () => {
    const { back, front, near, lights } = house(moods.dusk);
    return (g, t) => {
      const p = ease(t, 0, 4.5);
      g.drawImage(back, -120 - 60 * p, -130);
      const x = -100 - 110 * p;
      g.drawImage(front, x, -130);
      lights(g, x, -130);
      placed(g, { x: x + 860, y: 826 }, (g) => hanaSitting(g, Math.sin(t * 2.2)));
      g.drawImage(near, -180 - 230 * p, 690);
      raining(g, t, 1, [860, 1060]);
    };
  },
};

const tellTheRainLines: Line[] = [
  {
    at: 0.9,
    lasts: 3.4,
    who: 'hana',
    en: 'The festival is tomorrow.\nSomebody should tell the rain.',
    ja: 'あした、おまつりなのに。\nだれか、雨に言ってくれないかな。',
  },
];
const tellTheRain: Shot = {
  seconds: 5,
  on: 2,
  ambience: ['rain'],
  lines: tellTheRainLines,
  set: () => {
    const { beyond, frame } = veranda(moods.dusk);
    const place = cel(900, 1100, moods.dusk.cel);
    return (g, t) => {
      g.drawImage(beyond, -140, 0);
      raining(g, t, 0.9);
      g.drawImage(frame, 0, 0);
      place(g, 900, 640 + Math.sin(t * 1.6) * 4, (g) =>
        placed(g, { sx: 1.35 }, (g) =>
          hana(g, {
            eyes: blinks(t) ? 'shut' : 'sad',
            mouth: mouthOf(tellTheRainLines, 'hana', t, 'frown'),
            look: [0.7 - ease(t, 2.6, 3.2) * 1, -0.5 + ease(t, 2.6, 3.2) * 0.9],
            tilt: 0.06 - ease(t, 2.6, 3.2) * 0.12,
          }),
        ),
      );
    };
  },
};

const aFaceLines: Line[] = [
  {
    at: 0.7,
    lasts: 2.6,
    who: 'hana',
    en: 'Two eyes. And a smile.',
    ja: 'おめめがふたつ。おくちは、にっこり。',
  },
  { at: 4, lasts: 1.5, who: 'hana', en: 'There. You’re Teru.', ja: 'できた。きみは、てる。' },
];
/** Her hands, her brush, and a cloth head without a face yet. */
const aFace: Shot = {
  seconds: 6,
  on: 2,
  ambience: ['rain'],
  lines: aFaceLines,
  sounds: [
    [1, 'brush'],
    [1.9, 'brush'],
    [2.8, 'brush'],
  ],
  set: () => {
    const table = sheet(1920, 1080, (g) => {
      g.fillStyle = wash(g, 0, 1080, [
        [0, '#a9774f'],
        [1, '#7d5438'],
      ]);
      g.fillRect(0, 0, 1920, 1080);
      for (let i = 0; i < 9; i++)
        ink(
          g,
          [
            [-20, i * 140 + 30],
            [700, i * 140 + 10],
            [1940, i * 140 + 44],
          ],
          5,
          '#6b462f',
          () => 1,
        );
      glow(g, 400, 100, 1100, '#ffcf8a', 0.5);
      shape(g, '1420,760 1780,720 1850,960 1480,1010', {
        fill: '#f6efe0',
        line: '#4a2c3a',
        width: 6,
        sharp: true,
      });
      oval(g, 1500, 330, 130, 90, { fill: '#3a3240', line: '#2a1f2c', width: 7 });
      oval(g, 1500, 316, 96, 60, { fill: '#15121c' });
    });
    return (g, t) => {
      g.drawImage(table, 0, 0);
      const drawn = t < 1.3 ? 0 : t < 3 ? 0.5 : 1;
      placed(g, { x: 880, y: 640, sx: 2.5, turn: -0.04 }, (g) =>
        teru(g, { drawn, eyes: t > 4 && t < 4.12 ? 'shut' : 'open' }),
      );
      hands(g, t);
    };
  },
};

function hands(g: Parameters<ReturnType<Shot['set']>>[0], t: number): void {
  const [line, skin, shade] = ['#4a2c3a', '#ffe6d2', '#efbba4'];
  shape(g, '240,1100 300,900 420,800 560,760 640,790 620,850 520,880 560,920 520,980 460,1010 440,1100', {
    fill: skin,
    line,
    width: 7,
    shade: (g) => shape(g, '240,1100 330,930 470,880 520,1000 440,1110', { fill: shade }),
  });
  shape(g, '120,1100 200,940 330,900 470,1100', { fill: '#6d8fc4', line, width: 7 });
  const stroke = [1, 1.9, 2.8].some((at) => t > at && t < at + 0.5);
  const away = ease(t, 3.5, 4);
  const [x, y] = [
    (t < 1.7 ? 770 : t < 2.6 ? 960 : 870) + away * 700,
    (t < 2.6 ? 430 : 520) + away * 260 + (stroke ? Math.sin(t * 40) * 7 : -50),
  ];
  placed(g, { x, y }, (g) => {
    ink(g, '0,0 60,-26 330,-160', 22, '#8a5a38', () => 1);
    ink(g, '0,0 34,-16', 20, '#2a1f2c', (k) => 0.1 + k);
    shape(
      g,
      '150,-140 210,-190 300,-200 380,-160 470,-60 520,40 400,120 330,30 250,-20 190,-40 150,-70 200,-90',
      {
        fill: skin,
        line,
        width: 7,
        shade: (g) => shape(g, '240,-20 330,-30 430,60 420,140 300,60', { fill: shade }),
      },
    );
    shape(g, '440,-60 620,60 760,300 560,360 380,130', { fill: '#6d8fc4', line, width: 7 });
  });
}

const goodNightLines: Line[] = [
  {
    at: 0.8,
    lasts: 2.8,
    who: 'hana',
    en: 'Make it sunny tomorrow. Please?',
    ja: 'あした、天気にしてね。おねがい。',
  },
];
const goodNight: Shot = {
  seconds: 4.5,
  on: 2,
  ambience: ['rain'],
  lines: goodNightLines,
  set: () => {
    const { beyond, frame } = veranda(moods.dusk);
    const place = cel(1000, 1200, moods.dusk.cel);
    return (g, t) => {
      g.drawImage(beyond, -90, 0);
      raining(g, t, 0.9);
      g.drawImage(frame, 0, 0);
      const swing = Math.sin(t * 2.1) * 0.1;
      placed(g, { x: 1180, y: 120, turn: swing }, (g) =>
        placed(g, { y: 330, sx: 0.95 }, (g) => teru(g, { string: 170, sway: -swing * 3, look: [-0.4, 0.6] })),
      );
      place(g, 700, 700, (g) =>
        placed(g, { sx: 1.25, y: Math.sin(t * 1.5) * 3 }, (g) => hanaBack(g, 'pyjama', 0.1)),
      );
    };
  },
};

const meLines: Line[] = [{ at: 3.5, lasts: 0.8, who: 'teru', en: '…Me?', ja: '……ぼくが？' }];
/** The light goes out behind it; the eyes open. */
const me: Shot = {
  seconds: 5,
  on: 2,
  ambience: ['rain'],
  lines: meLines,
  sounds: [
    [1.4, 'click'],
    [2.6, 'bell'],
  ],
  set: () => {
    const layers = [veranda(moods.dusk), veranda(moods.night)] as const;
    const places = [cel(900, 1100, moods.dusk.cel), cel(900, 1100, moods.night.cel)] as const;
    return (g, t) => {
      const out = t > 1.4 ? 1 : 0;
      g.save();
      g.translate(960, 300);
      g.scale(1.5, 1.5);
      g.translate(-1000, -240);
      g.drawImage(layers[out].beyond, -90, 0);
      g.restore();
      raining(g, t, 1);
      if (!out) glow(g, 300, 900, 1100, '#ffc66f', 0.35);
      const swing = Math.sin(t * 1.7) * 0.07;
      const eyes = t < 2.6 ? 'shut' : t < 3.2 || blinks(t, 1) ? 'open' : 'wide';
      places[out](g, 960, 560, (g) =>
        placed(g, { turn: swing, sx: 1.9, y: -30 }, (g) =>
          teru(g, {
            string: 300,
            sway: -swing * 3,
            eyes,
            mouth: mouthOf(meLines, 'teru', t, t < 2.6 ? 'smile' : 'flat'),
            look: [t > 4.3 ? 0.6 : t > 2.9 && t < 3.4 ? -0.6 : 0, 0],
          }),
        ),
      );
    };
  },
};

export const partA: Shot[] = [stillRaining, tellTheRain, aFace, goodNight, me];
