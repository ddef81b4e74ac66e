import type { DemoTitle } from './title.ts';

export const kuroganeNoNiwashi: DemoTitle = {
  slug: 'kurogane-no-niwashi',
  names: { main: 'Kurogane no Niwashi', native: '鉄の庭師', english: 'The Iron Gardener' },
  synonyms: ['くろがねの庭師', 'Iron Gardener'],
  kind: 'series',
  status: 'finished',
  year: 2025,
  cour: 'spring',
  studio: 'Tetsu & Shita',
  ageRating: '12',
  genres: ['Sci-Fi', 'Drama', 'Adventure'],
  tags: ['mecha', 'after the war', 'gardens', 'found family'],
  synopsis: {
    en: 'Forty years after the ceasefire, a twenty-metre war machine is found still standing at its post. It has forgotten its orders, but it has kept the field around its feet in flower. Botanist Sawa is sent to switch it off; she asks for one more season.',
    ja: '停戦から四十年。全高二十メートルの戦闘機械が、持ち場に立ったままの姿で見つかった。命令はとうに忘れたらしい。けれどその足もとだけは、季節の花が途切れずに咲いている。停止作業に派遣された植物学者サワは、上にこう願い出る。「あと一季だけ、待ってください」。',
  },
  people: [
    { name: 'Tetsuo Hagane', native: '鋼鉄男', role: 'Director' },
    { name: 'Nae Midorikawa', native: '緑川なえ', role: 'Voice of Sawa' },
  ],
  episodes: [
    {
      name: 'It Has Not Moved',
      ja: { name: '動かぬもの', synopsis: '調査隊は爆薬を運び、サワは移植ごてを持ってきた。' },
      synopsis: 'The survey team brings explosives. Sawa brings a trowel.',
      airs: -590,
    },
    { name: 'Spring, Without Orders', ja: { name: '命令のない春' }, airs: -583 },
    {
      name: 'Names for Weeds',
      ja: { name: '雑草の名前', synopsis: '機械はものの名を尋ねる。尋ねつづける。' },
      synopsis: 'The machine asks for the names of things, and keeps asking.',
      airs: -576,
    },
    {
      name: 'The Other One',
      ja: { name: 'もう一機', synopsis: '谷の向こうで、敵の機械がトマトを育てている。' },
      synopsis: 'Across the valley, the enemy’s machine is growing tomatoes.',
      airs: -569,
    },
    { name: 'Harvest', ja: { name: '収穫' }, airs: -562 },
  ],
};
