import type { DemoTitle } from './title.ts';

export const kyukaiUraNoNatsu: DemoTitle = {
  slug: 'kyukai-ura-no-natsu',
  names: { main: 'Kyūkai Ura no Natsu', native: '九回裏の夏', english: 'Bottom of the Ninth Summer' },
  synonyms: ['Kyunatsu', 'きゅうなつ'],
  kind: 'series',
  status: 'airing',
  year: 2026,
  cour: 'summer',
  studio: 'Benchi Ura',
  ageRating: '7',
  genres: ['Sports', 'School', 'Drama'],
  tags: ['baseball', 'underdogs', 'island', 'two seasons'],
  synopsis: {
    en: 'Okinose High has eleven pupils, and nine of them are the baseball team. Their ground has a lighthouse in left field and a slope that ruins every bunt. They have lost forty-six games in a row, and have worked out exactly why.',
    ja: '全校生徒十一人、うち九人が野球部。レフトには灯台が立ち、バントはすべて坂を転がっていく沖之瀬高校グラウンド。目下、公式戦四十六連敗中。けれど彼らは、負ける理由だけは完璧に突きとめていた。',
  },
  people: [
    { name: 'Natsuki Bandō', native: '坂東夏樹', role: 'Director' },
    { name: 'Shun Hamaji', native: '浜路瞬', role: 'Original story' },
  ],
  episodes: [
    {
      name: 'Forty-Six',
      ja: { name: '四十六', synopsis: '最後の欄に何も書かれていないスコアブック。' },
      synopsis: 'A scorebook with nothing in the last column.',
      airs: -430,
      season: 1,
    },
    { name: 'Left Field Has a Lighthouse', ja: { name: 'レフトには灯台がある' }, airs: -423, season: 1 },
    {
      name: 'The Ferry Leaves at Six',
      ja: { name: '船は六時に出る', synopsis: '遠征試合。ただし天候次第。' },
      synopsis: 'An away game, weather permitting.',
      airs: -416,
      season: 1,
    },
    {
      name: 'Off-Season',
      ja: { name: '冬のキャッチボール', synopsis: '試合のない季節にも、ボールは往復する。' },
      synopsis: 'Nobody plays in winter. The ball goes back and forth all the same.',
      kind: 'special',
      airs: -200,
      season: 0,
    },
    {
      name: 'Second Summer',
      ja: { name: '二度めの夏', synopsis: '三人が卒業した。残ったのは六人。' },
      synopsis: 'Three have graduated. That leaves six.',
      airs: -20,
      season: 2,
    },
    { name: 'Transfer Student, Left-Handed', ja: { name: '転校生は左利き' }, airs: -13, season: 2 },
    { name: 'Rain Delay', ja: { name: '雨天中断' }, airs: -6, season: 2 },
    { name: 'Bottom of the Ninth', ja: { name: '九回裏' }, airs: 1, season: 2 },
  ],
};
