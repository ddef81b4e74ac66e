import type { DemoTitle } from './title.ts';

export const toshokanNoTantei: DemoTitle = {
  slug: 'toshokan-no-tantei',
  names: {
    main: 'Toshokan no Tantei wa Nemuranai',
    native: '図書館の探偵は眠らない',
    english: 'The Library Detective Never Sleeps',
  },
  synonyms: ['Toshotan', 'としょたん'],
  kind: 'series',
  status: 'finished',
  year: 2024,
  cour: 'autumn',
  studio: 'Shiori Animation',
  ageRating: '12',
  genres: ['Mystery', 'School', 'Comedy'],
  tags: ['library', 'books', 'insomnia', 'no murders'],
  synopsis: {
    en: 'The old city library stays open until the last reader leaves, and Yomogi, who has not slept properly since spring, never leaves. Between one and five in the morning she solves the crimes that only books commit: a stolen ending, a forged margin, a chapter that was not there yesterday.',
    ja: '最後の利用者が帰るまで閉まらない、古い市立図書館。春からろくに眠れていないヨモギは、いつまでたっても帰らない。午前一時から五時まで、彼女が解くのは本だけが起こす事件。盗まれた結末、偽物の書きこみ、きのうまでなかったはずの一章。',
  },
  people: [
    { name: 'Shiori Honda', native: '本多しおり', role: 'Director' },
    { name: 'Rikuto Omoi', native: '思井陸斗', role: 'Voice of the librarian' },
  ],
  episodes: [
    {
      name: 'The Stolen Ending',
      ja: { name: '盗まれた結末', synopsis: 'どの本も同じページで、文の途中で終わっている。' },
      synopsis: 'Every copy stops at the same page, mid-sentence.',
      airs: -770,
    },
    { name: 'Overdue by Ninety Years', ja: { name: '延滞九十年' }, airs: -763 },
    {
      name: 'A Margin of Error',
      ja: { name: '余白の誤差', synopsis: '誰かが百科事典を直している。しかも、直したほうが正しい。' },
      synopsis: 'Somebody is correcting the encyclopaedia. They are right.',
      airs: -756,
    },
    { name: 'Silence, Please', ja: { name: 'お静かに' }, airs: -749 },
  ],
};
