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
  episodes: [
    { name: 'The Stolen Ending', synopsis: 'Every copy stops at the same page, mid-sentence.', airs: -770 },
    { name: 'Overdue by Ninety Years', airs: -763 },
    {
      name: 'A Margin of Error',
      synopsis: 'Somebody is correcting the encyclopaedia. They are right.',
      airs: -756,
    },
    { name: 'Silence, Please', airs: -749 },
  ],
};
