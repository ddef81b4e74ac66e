import { en } from '../i18n/en.ts';
import { translator } from '../i18n/i18n.ts';
import type { Here, Visit } from '../visit.ts';

/** A visit for tests: in English, in UTC, at the start of 2026. */
export const here = (visit: Partial<Visit> = {}): Here => ({
  visit: {
    me: null,
    language: 'en',
    path: '/',
    origin: 'https://engawa.test',
    now: Date.UTC(2026, 0, 1),
    timeZone: 'UTC',
    ...visit,
  },
  t: translator(en, 'en'),
});
