import type { DemoTitle } from './title.ts';

export const neonToKitsune: DemoTitle = {
  slug: 'neon-to-kitsune',
  names: { main: 'Neon to Kitsune', native: 'ネオンと狐', english: 'Neon Fox' },
  synonyms: ['Neokitsu', 'ネオきつ'],
  kind: 'series',
  status: 'airing',
  year: 2026,
  cour: 'autumn',
  studio: 'Ura-Dōri Works',
  ageRating: '16',
  genres: ['Action', 'Supernatural', 'Mystery'],
  tags: ['urban fantasy', 'foxes', 'night city', 'debt collectors'],
  synopsis: {
    en: 'Every sign in Kaminari Ward is a contract with something that used to live there. When the tubes flicker, somebody has missed a payment, and Rin — half fox, wholly overdrawn — is sent to collect before the light goes out for good.',
    ja: '雷区のネオンは、一本残らず、かつてそこに棲んでいた何かとの契約書だ。管がちらつくのは、誰かが支払いを怠ったしるし。半分は狐、財布は空っぽの取り立て屋リンは、灯が消えきる前に今夜も路地を走る。',
  },
  people: [
    { name: 'Genji Urado', native: '浦戸玄二', role: 'Director' },
    { name: 'Kon Inariyama', native: '稲荷山こん', role: 'Series composition' },
    { name: 'Sena Amamiya', native: '雨宮せな', role: 'Voice of Rin' },
  ],
  relations: [{ to: 'chochin-yako', kind: 'prequel' }],
  episodes: [
    {
      name: 'Overdue',
      ja: { name: '滞納', synopsis: 'パチンコ屋が、三百年分の米を滞納している。' },
      synopsis: 'A pachinko parlour owes three hundred years of rice.',
      airs: -24,
    },
    { name: 'The Tanuki Has a Lawyer', ja: { name: '狸には弁護士がいる' }, airs: -17 },
    {
      name: 'Interest',
      ja: { name: '利息', synopsis: 'リン自身の契約が、更新の時を迎える。' },
      synopsis: 'Rin’s own contract comes up for renewal.',
      airs: -10,
    },
    { name: 'A Sign Nobody Can Read', ja: { name: '誰にも読めない看板' }, airs: -3 },
    { name: 'Brownout', ja: { name: '電圧降下' }, airs: 4 },
    { name: 'What the River Is Owed', ja: { name: '川への借り' }, airs: 11 },
  ],
};
