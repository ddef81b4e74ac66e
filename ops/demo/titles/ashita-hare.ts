import type { DemoTitle } from './title.ts';

export const ashitaHare: DemoTitle = {
  slug: 'ashita-hare',
  names: { main: 'Ashita, Hare', native: 'あした、はれ', english: 'Tomorrow, Sunny' },
  synonyms: ['Ashita Hare', 'あしたはれ'],
  kind: 'ona',
  models: ['ads', 'subscription', 'rental', 'purchase'],
  status: 'finished',
  year: 2026,
  cour: 'summer',
  studio: 'Studio Nokisaki',
  ageRating: 'all',
  genres: ['Fantasy', 'Slice of Life'],
  tags: ['teru teru bōzu', 'rain', 'summer festival', 'short', 'no villains'],
  synopsis: {
    en: 'The night before the summer festival it will not stop raining, so Hana hangs a teru teru bōzu under the eaves and asks it for a fine day. When the lights go out the little cloth doll opens its eyes, borrows a leaf for an umbrella, and sets off up the hill to have a word with the rain.',
    ja: '夏祭りの前の晩、雨はやみそうにない。ハナは軒下にてるてる坊主をつるして、「あした天気にしてね」とお願いする。明かりが消えると、布の小さな体がぱちりと目を開けた。葉っぱの傘をさして、てるは雨に会いに、丘の上をめざす。',
  },
  people: [
    { name: 'Haru Nokisaki', native: '軒先はる', role: 'Director' },
    { name: 'Mio Tsuyuki', native: '露木みお', role: 'Script' },
    { name: 'Sena Amamiya', native: '雨宮せな', role: 'Voice of Hana' },
  ],
  episodes: [
    {
      name: 'The Rain Before the Festival',
      ja: { name: '祭りの前の雨', synopsis: 'ハナが布きれに顔を描く。その顔には、顔なりの考えがあった。' },
      synopsis: 'Hana draws a face on a piece of cloth. The face has plans of its own.',
      airs: -14,
      film: 1,
    },
    {
      name: 'On the Other Side of Sunny',
      ja: {
        name: '晴れの向こう',
        synopsis: '丘の上で誰かが泣いている。わけを尋ねた人は、まだひとりもいない。',
      },
      synopsis: 'At the top of the hill somebody is crying, and nobody has ever asked why.',
      airs: -7,
      film: 2,
    },
  ],
};
