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
  episodes: [
    { name: 'Overdue', synopsis: 'A pachinko parlour owes three hundred years of rice.', airs: -24 },
    { name: 'The Tanuki Has a Lawyer', airs: -17 },
    { name: 'Interest', synopsis: 'Rin’s own contract comes up for renewal.', airs: -10 },
    { name: 'A Sign Nobody Can Read', airs: -3 },
    { name: 'Brownout', airs: 4 },
    { name: 'What the River Is Owed', airs: 11 },
  ],
};
