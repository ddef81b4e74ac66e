import type { DemoTitle } from './title.ts';

export const onpuNoNukegara: DemoTitle = {
  slug: 'onpu-no-nukegara',
  names: { main: 'Onpu no Nukegara', native: '音符のぬけがら', english: 'The Shell of a Note' },
  synonyms: ['Onnuke', 'おんぬけ'],
  kind: 'series',
  status: 'airing',
  year: 2026,
  cour: 'autumn',
  studio: 'Hōkago Sound Picture',
  ageRating: '7',
  genres: ['Music', 'School', 'Romance'],
  tags: ['piano', 'evening light', 'composition', 'cicadas'],
  synopsis: {
    en: 'Somebody practises the same unfinished bar in the old music room every evening, and stops the moment the door opens. Kanade, who gave up the piano last year and tells nobody why, begins to leave the next bar on the stand.',
    ja: '旧校舎の音楽室から毎夕聞こえてくる、同じ一小節。扉を開けたとたん、音はやんでしまう。去年、理由も告げずにピアノをやめたカナデは、譜面台にそっと次の一小節を置いて帰るようになった。',
  },
  people: [
    { name: 'Oto Kanzaki', native: '神崎おと', role: 'Director' },
    { name: 'Yodaka Minase', native: '水無瀬よだか', role: 'Music' },
    { name: 'Mio Tsuyuki', native: '露木みお', role: 'Series composition' },
  ],
  episodes: [
    {
      name: 'One Bar',
      ja: { name: '一小節', synopsis: 'シのフラット、シのフラット、それきり。' },
      synopsis: 'B flat, B flat, and then nothing.',
      airs: -22,
    },
    { name: 'Page Turner', ja: { name: '譜めくり' }, airs: -15 },
    {
      name: 'The Metronome Is Late',
      ja: { name: '遅れるメトロノーム', synopsis: '学校は、この部屋を倉庫にしたいらしい。' },
      synopsis: 'The school wants the room for storage.',
      airs: -8,
    },
    { name: 'Duet for Absent Hands', ja: { name: 'いない手のための連弾' }, airs: -1 },
    { name: 'Da Capo', ja: { name: 'ダ・カーポ' }, airs: 6 },
  ],
};
