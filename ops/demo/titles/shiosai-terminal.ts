import type { DemoTitle } from './title.ts';

export const shiosaiTerminal: DemoTitle = {
  slug: 'shiosai-terminal',
  names: { main: 'Shiosai Terminal', native: '潮騒ターミナル', english: 'The Last Stop Is the Sea' },
  synonyms: ['Shiotami', 'しおたみ'],
  kind: 'series',
  status: 'airing',
  year: 2026,
  cour: 'autumn',
  studio: 'Kamome Eigasha',
  ageRating: '7',
  genres: ['Drama', 'Slice of Life', 'Romance'],
  tags: ['trains', 'seaside town', 'coming of age', 'lost property'],
  synopsis: {
    en: 'The Shiosai Line has one carriage, nine passengers a day and a closing date. Seventeen-year-old Minato takes a summer job in its lost-property office and decides that before the last train runs, every umbrella, trumpet and unsent letter on the shelves is going home.',
    ja: '一両編成、一日の乗客は九人、廃線の日も決まっている潮騒線。十七歳のミナトは終点駅の忘れ物係として夏休みを過ごすことになった。最終列車が走るその日までに、棚に並んだ傘も、トランペットも、出されなかった手紙も、ひとつ残らず持ち主へ返してみせる。',
  },
  people: [
    { name: 'Nagisa Kamome', native: '鴎なぎさ', role: 'Director' },
    { name: 'Umi Takoshima', native: '蛸島うみ', role: 'Voice of Minato' },
  ],
  relations: [{ to: 'kaitei-depato', kind: 'same-world' }],
  episodes: [
    {
      name: 'Nine Passengers',
      ja: { name: '乗客九名', synopsis: 'ミナトは何度数えなおしても、ひとり足りない。' },
      synopsis: 'Minato counts everyone twice and still comes up one short.',
      airs: -23,
    },
    {
      name: 'A Trumpet, Slightly Rusted',
      ja: { name: 'トランペット、少々錆あり', synopsis: '持ち主は、なくした覚えはないと言う。' },
      synopsis: 'The owner says it was never lost.',
      airs: -16,
    },
    { name: 'The Umbrella Regular', ja: { name: '傘の常連さん' }, airs: -9 },
    {
      name: 'Timetable for a Typhoon',
      ja: { name: '台風の時刻表', synopsis: '何も走らない。それでも、みんな駅へやってくる。' },
      synopsis: 'Nothing runs. Everybody comes to the station anyway.',
      airs: -2,
    },
    { name: 'To Whom It Never Reached', ja: { name: '届かなかった方へ' }, airs: 5 },
    { name: 'The Tide Table', ja: { name: '潮見表' }, airs: 12 },
  ],
};
