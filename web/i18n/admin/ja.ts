import { editing } from './ja-editing.ts';
import { media } from './ja-media.ts';
import { shell } from './ja-shell.ts';
import { work } from './ja-work.ts';

export const ja = { ...editing, ...media, ...shell, ...work };
