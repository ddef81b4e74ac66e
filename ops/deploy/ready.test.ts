import { expect, test } from 'vitest';
import { refusal, type Readiness } from './ready.ts';

const ready: Readiness = {
  loggedIn: true,
  variables: {
    PUBLIC_ORIGIN: 'https://anime.test',
    CDN_ORIGIN: 'https://media.anime.test',
    TRANSCODER_URL: '',
  },
  required: ['AUTH_SECRET', 'CONTENT_KEYS'],
  set: ['CONTENT_KEYS', 'AUTH_SECRET', 'OTHER'],
};

test('a prepared account is ready', () => expect(refusal(ready)).toBeNull());

test.each<[string, Partial<Readiness>]>([
  ['not logged in', { loggedIn: false }],
  [
    'PUBLIC_ORIGIN, CDN_ORIGIN',
    {
      variables: {
        PUBLIC_ORIGIN: 'https://engawa.example.com',
        CDN_ORIGIN: 'https://media.engawa.example.com',
      },
    },
  ],
  ['not set: AUTH_SECRET;', { set: ['CONTENT_KEYS'] }],
])('%s: one sentence', (words, change) => {
  const sentence = refusal({ ...ready, ...change });
  expect(sentence).toContain(words);
  expect(sentence).not.toContain('\n');
});
