import { editing } from './en-editing.ts';
import { media } from './en-media.ts';
import { shell } from './en-shell.ts';
import { work } from './en-work.ts';

/** English words of the dashboard: the catalogue the other languages' are checked against. Viewers never download it. */
export const en = { ...editing, ...media, ...shell, ...work };
