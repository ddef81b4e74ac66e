import { ending } from './ending.ts';
import { partA } from './episode2/part-a.ts';
import { partB } from './episode2/part-b.ts';
import { opening } from './opening.ts';
import type { Film } from './shot.ts';

export const episode2: Film = {
  number: 2,
  en: 'On the Other Side of Sunny',
  ja: 'はれのむこうがわ',
  sections: [
    opening,
    { chapter: 'Part A', music: 'lonely', shots: partA },
    { chapter: 'Part B', music: 'morning', shots: partB },
    ending('おしまい', 'The end'),
  ],
};
