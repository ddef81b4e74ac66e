import type { DemoTitle } from './title.ts';

export const yukiokuri: DemoTitle = {
  slug: 'yukiokuri',
  names: { main: 'Yukiokuri', native: '雪送り', english: 'Seeing Off the Snow' },
  synonyms: ['Yuki Okuri', 'ゆきおくり'],
  kind: 'movie',
  status: 'finished',
  year: 2024,
  cour: 'winter',
  studio: 'Kotatsu Pictures',
  ageRating: '7',
  genres: ['Fantasy', 'Drama'],
  tags: ['winter', 'folklore', 'grandmothers', 'mountain village'],
  synopsis: {
    en: 'In a village that measures winter in rooftops, one house each year must walk the snow back over the mountain. This year it falls to ten-year-old Ito and the grandmother who insists she remembers the way.',
    ja: '積もった雪を屋根の数ではかる山あいの村。ここでは毎年一軒の家が、冬を峠の向こうまで送り届けることになっている。今年の当番は、十歳のイトと、「道なら覚えとる」と言い張る祖母のふたり。',
  },
  people: [
    { name: 'Fuyuko Yukimura', native: '雪村冬子', role: 'Director and script' },
    { name: 'Nae Midorikawa', native: '緑川なえ', role: 'Voice of Ito' },
  ],
  episodes: [{ name: 'Seeing Off the Snow', ja: { name: '雪送り' }, airs: -640 }],
};
