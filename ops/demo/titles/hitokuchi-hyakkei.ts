import type { DemoTitle } from './title.ts';

export const hitokuchiHyakkei: DemoTitle = {
  slug: 'hitokuchi-hyakkei',
  names: { main: 'Hitokuchi Hyakkei', native: 'ひとくち百景', english: 'A Hundred Views, One Bite' },
  synonyms: ['Hitohyaku'],
  kind: 'series',
  status: 'hiatus',
  year: 2025,
  cour: 'autumn',
  studio: 'Studio Nokisaki',
  ageRating: 'all',
  genres: ['Food', 'Slice of Life', 'Comedy'],
  tags: ['cooking', 'prints', 'Edo', 'small kitchen'],
  synopsis: {
    en: 'A woodblock printmaker who cannot draw food and a cook who cannot sit still share one narrow kitchen and one impossible commission: a hundred views of a single bite, due before the plum blossom falls.',
    ja: '食べ物だけは描けない版画家と、じっとしていられない料理人。ひとつの狭い台所に転がりこんだふたりに、とんでもない注文が舞いこむ。梅の花が散るまでに、「ひとくち」を百枚の絵にせよ。',
  },
  people: [
    { name: 'Haru Nokisaki', native: '軒先はる', role: 'Director' },
    { name: 'Soba Kurita', native: '栗田そば', role: 'Original story' },
  ],
  relations: [{ to: 'ashita-hare', kind: 'same-world' }],
  episodes: [
    {
      name: 'View One: Steam',
      ja: { name: '一景　湯気', synopsis: 'じっとしていないものを、どう彫ればいい？' },
      synopsis: 'How do you carve something that will not hold still?',
      airs: -410,
    },
    { name: 'View Two: The Crack of an Egg', ja: { name: '二景　卵の割れめ' }, airs: -403 },
    {
      name: 'View Three: Burnt',
      ja: { name: '三景　焦げ', synopsis: '料理人は失敗だと言い、版画家は黒だと言う。' },
      synopsis: 'The cook calls it a mistake. The printmaker calls it black.',
      airs: -396,
    },
    { name: 'Views So Far', ja: { name: 'これまでの景色' }, kind: 'recap', airs: -389 },
  ],
};
