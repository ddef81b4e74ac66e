import type { DemoTitle } from './title.ts';

export const kazeNoDenrei: DemoTitle = {
  slug: 'kaze-no-denrei',
  names: { main: 'Kaze no Denrei', native: '風の伝令', english: 'Heralds of the Wind' },
  synonyms: ['Kazeden', '風伝'],
  kind: 'series',
  status: 'announced',
  year: 2027,
  cour: 'spring',
  studio: 'Sōgen Films',
  ageRating: '12',
  genres: ['Historical', 'Adventure', 'Action'],
  tags: ['steppe', 'kites', 'horses', 'messengers'],
  synopsis: {
    en: 'On a grassland too wide for roads, news travels by kite: one colour for birth, one for war, one that nobody living has seen flown. When that last colour rises in the east, two young heralds ride to learn what it means before the wind turns.',
    ja: '道を引くには広すぎる草原では、知らせは凧で伝わる。誕生には一色、戦にはまた一色、そして生きている者は誰も見たことのない色がもう一つ。その最後の色が東の空に揚がったとき、ふたりの若い伝令は馬を駆る。風の向きが変わるまでに、意味を突きとめるために。',
  },
  people: [
    { name: 'Tsubasa Kusahara', native: '草原つばさ', role: 'Director' },
    { name: 'Yodaka Minase', native: '水無瀬よだか', role: 'Music' },
  ],
  episodes: [
    {
      name: 'The Fourth Colour',
      ja: { name: '四つめの色', synopsis: '東の空に、何かが揚がる。' },
      synopsis: 'Something rises in the east.',
      airs: 140,
    },
    { name: 'Downwind', ja: { name: '風下へ' }, airs: 147 },
    { name: 'A Knot for Every Name', ja: { name: '名の数だけ結ぶ' }, airs: 154 },
  ],
};
