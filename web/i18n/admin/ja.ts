import { editing } from './ja-editing.ts';
import { work } from './ja-work.ts';

export const ja = { ...editing, ...work };
