import { ending } from './ending.ts';
import { partA } from './episode1/part-a.ts';
import { partB } from './episode1/part-b.ts';
import { opening } from './opening.ts';
import type { Film } from './shot.ts';

export const episode1: Film = {
  number: 1,
  en: 'The Rain Before the Festival',
  ja: 'まつりのまえの雨',
  sections: [
    opening,
    { chapter: 'Part A', music: 'evening', shots: partA },
    { chapter: 'Part B', music: 'errand', shots: partB },
    ending('つづく', 'To be continued'),
  ],
};
