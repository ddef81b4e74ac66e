import type { DemoTitle } from './title.ts';

export const chochinYako: DemoTitle = {
  slug: 'chochin-yako',
  names: { main: 'Chōchin Yakō', native: '提灯夜行', english: 'The Lantern Parade' },
  synonyms: ['Chouchin Yakou'],
  kind: 'special',
  status: 'finished',
  year: 2022,
  cour: 'autumn',
  studio: 'Ura-Dōri Works',
  ageRating: '16',
  genres: ['Horror', 'Supernatural'],
  tags: ['yōkai', 'shrine', 'one night', 'do not count the lanterns'],
  synopsis: {
    en: 'Once in a dozen years the lanterns climb Omoi Hill with nobody carrying them. The village shuts its doors and does not look. This year a boy looks, and counts them, and the last lantern has his name on it.',
    ja: '十二年に一度、提灯だけが列をなしておもいの丘をのぼっていく。持つ者の姿はない。村は戸を閉ざし、決して外を見ない。だが今年、ひとりの少年がのぞき見て、数をかぞえてしまう。いちばん後ろの提灯には、彼の名前が書かれていた。',
  },
  people: [
    { name: 'Genji Urado', native: '浦戸玄二', role: 'Director' },
    { name: 'Akari Toboshi', native: '灯星あかり', role: 'Character design' },
    { name: 'Rikuto Omoi', native: '思井陸斗', role: 'Voice of the boy' },
  ],
  episodes: [
    { name: 'Part One: Do Not Look', ja: { name: '前篇　見てはならぬ' }, airs: -1490 },
    { name: 'Part Two: Do Not Count', ja: { name: '後篇　数えてはならぬ' }, airs: -1489 },
  ],
};
