import type { Role } from '../../schema/api/accounts.ts';
import type { Visitor } from '../../schema/api/me.ts';
import { en } from '../i18n/en.ts';
import { allFamilies, loadWords } from '../i18n/families.ts';
import { translator } from '../i18n/i18n.ts';
import type { Here, Visit } from '../visit.ts';

/** A visit for tests: in English, in UTC, at the start of 2026. */
export const here = (visit: Partial<Visit> = {}): Here => ({
  visit: {
    me: null,
    language: 'en',
    theme: 'dark',
    path: '/',
    origin: 'https://engawa.test',
    now: Date.UTC(2026, 0, 1),
    timeZone: 'UTC',
    ...visit,
  },
  t: translator(en, 'en'),
  words,
});

// Loaded before the first test of a file, so that a test can be plain.
const words = await loadWords('en', allFamilies);

/** Somebody who is signed in, in a profile of their own. */
export const somebody = (role: Role = 'viewer', given: Partial<Visitor> = {}): Visitor => ({
  id: 'usr_1',
  name: 'Natsu',
  email: 'natsu@engawa.test',
  emailVerified: true,
  role,
  profile: { id: 'prf_0test', name: 'Natsu', avatar: 'fox', ageCeiling: '18', shield: false },
  unseen: 0,
  ...given,
});
