import type { DemoTitle } from './title.ts';

export const hoshiNoYubinkyoku: DemoTitle = {
  slug: 'hoshi-no-yubinkyoku',
  names: { main: 'Hoshi no Yūbinkyoku', native: '星の郵便局', english: 'The Star Post Office' },
  synonyms: ['Hoshi no Yuubinkyoku', 'Star Post'],
  kind: 'ova',
  status: 'finished',
  year: 2023,
  cour: null,
  studio: 'Tentai Kōbō',
  ageRating: 'all',
  genres: ['Fantasy', 'Adventure'],
  tags: ['letters', 'stars', 'flying', 'postmen'],
  synopsis: {
    en: 'Wishes are only letters with the wrong postage. On a rock that drifts just above the clouds, two junior clerks sort what people send to the stars, and deliver the few that can still be answered.',
    ja: '願いごととは、切手の足りない手紙のこと。雲のすぐ上をただよう岩の上の小さな郵便局では、見習い局員のふたりが、星に宛てた便りを仕分けている。そして今夜も、まだ間に合う返事だけを、かばんに詰めて飛びたつ。',
  },
  people: [
    { name: 'Subaru Hoshino', native: '星野すばる', role: 'Director' },
    { name: 'Yodaka Minase', native: '水無瀬よだか', role: 'Music' },
  ],
  episodes: [
    {
      name: 'Insufficient Postage',
      ja: { name: '料金不足', synopsis: '願いごとがひとつ、差出人へ返されてきた。' },
      synopsis: 'A wish comes back marked “return to sender”.',
      airs: -1130,
    },
    { name: 'The Dead Letter Comet', ja: { name: '宛先不明の彗星' }, airs: -1100 },
    {
      name: 'Express',
      ja: { name: '速達', synopsis: '夜はひとつ、宛名もひとつ、通りの名前はなし。' },
      synopsis: 'One night, one address, no street name.',
      airs: -1070,
    },
  ],
};
