import type { DemoTitle } from './title.ts';

export const kaiteiDepato: DemoTitle = {
  slug: 'kaitei-depato',
  names: { main: 'Kaitei Depāto', native: '海底デパート', english: 'Undersea Department Store' },
  synonyms: ['Kaitei Department', 'かいデパ'],
  kind: 'series',
  status: 'finished',
  year: 2025,
  cour: 'summer',
  studio: 'Awa Awa Doga',
  ageRating: 'all',
  genres: ['Comedy', 'Fantasy', 'Slice of Life'],
  tags: ['workplace', 'sea creatures', 'retail', 'whales'],
  synopsis: {
    en: 'Eight floors below the surface, Wadatsumi Department Store opens at ten sharp. Lift attendant Nagisa can hold her breath for four minutes and her temper for rather longer, which the hermit crabs in Housing are about to test.',
    ja: '水面下八階、わだつみ百貨店は朝十時きっかりに開店する。エレベーター係のナギサは、息なら四分、堪忍袋ならもう少し長くもつのが自慢。だが住まい売り場のヤドカリたちは、今日もその記録に挑んでくる。',
  },
  people: [
    { name: 'Awa Minamoto', native: '源あわ', role: 'Director' },
    { name: 'Umi Takoshima', native: '蛸島うみ', role: 'Voice of the floor manager' },
  ],
  episodes: [
    {
      name: 'Going Down',
      ja: {
        name: '下へまいります',
        synopsis: '出勤初日。制服は濡れている。ほかのものも、みんな濡れている。',
      },
      synopsis: 'First day. The uniform is wet. So is everything.',
      airs: -500,
    },
    { name: 'Hermit Crab Housing Fair', ja: { name: 'ヤドカリ住宅展示会' }, airs: -493 },
    {
      name: 'The Whale Would Like a Refund',
      ja: { name: 'クジラさま、ご返品', synopsis: 'レシートは取ってあるという。飲み込んであるという。' },
      synopsis: 'He has kept the receipt. He has swallowed the receipt.',
      airs: -486,
    },
    { name: 'Stocktaking', ja: { name: '棚卸し' }, kind: 'filler', airs: -479 },
    { name: 'Spring Tide Sale', ja: { name: '大潮セール' }, airs: -472 },
  ],
};
