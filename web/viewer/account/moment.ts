import type { Here } from '../../visit.ts';

/** A moment in the visitor's own zone. */
export const moment = ({ visit }: Here, at: number): string =>
  new Intl.DateTimeFormat(visit.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: visit.timeZone,
  }).format(at);
