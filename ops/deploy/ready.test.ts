import { expect, test } from 'vitest';
import { unstable_readConfig } from 'wrangler';
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

test('the CDN is not asked for where the Worker serves the files', () => {
  const variables = { ...ready.variables, CDN_ORIGIN: 'https://media.engawa.example.com' };
  expect(refusal({ ...ready, variables: { ...variables, DELIVERY: 'edge' } })).toBeNull();
  expect(refusal({ ...ready, variables: { ...variables, DELIVERY: 'cloudfront' } })).toContain('CDN_ORIGIN');
});

test('every value of wrangler.toml that belongs to nobody is named', () => {
  const { vars } = unstable_readConfig({ config: 'wrangler.toml', env: 'production' });
  const sentence = refusal({ ...ready, variables: vars });
  for (const name of [
    'PUBLIC_ORIGIN',
    'CDN_ORIGIN',
    'MAIL_URL',
    'MAIL_FROM',
    'SECURITY_CONTACT',
    'LEGAL_CONTACT',
  ])
    expect(sentence).toContain(name);
});

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
