import { generateKeyPairSync } from 'node:crypto';

// Bindings of the test runs. Runs in Node, from vitest.config.ts: key pairs are made anew each time and used nowhere else.
const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const cdn = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export const testBindings = {
  PUBLIC_ORIGIN: 'https://engawa.test',
  /** Each test sees what it has just written; what is kept has tests of its own. */
  CATALOGUE_BEHIND_MS: '0',
  SECURITY_CONTACT: 'mailto:security@engawa.test',
  AUTH_SECRET: 'test-auth-secret-of-32-characters-or-more',
  AUTH_SIGNING_KEY: JSON.stringify(signing.privateKey.export({ format: 'jwk' })),
  PLAYBACK_KEYS: JSON.stringify({ p1: 'cGxheWJhY2sta2V5LW9mLXRoaXJ0eS10d28tYnl0ZXM' }),
  CONTENT_KEYS: JSON.stringify({ c1: 'Y29udGVudC1rZXktb2YtdGhpcnR5LXR3by1ieXRlcyE' }),
  /** An RSA-2048 key as PKCS8 PEM; tests derive the public half from it. */
  CDN_KEYS: JSON.stringify({ KTEST: cdn.privateKey }),
  S3_ACCESS_KEY_ID: 'test',
  S3_SECRET_ACCESS_KEY: 'test',
  TRANSCODER_SECRET: 'test-transcoder-secret',
  AD_ORIGINS: 'https://films.adserver.test',
  /** The double of ops/stripe: vitest.config.ts answers for this host. */
  STRIPE_API: 'http://stripe.test',
  STRIPE_SECRET_KEY: 'sk_test_engawa',
  STRIPE_WEBHOOK_SECRET: 'whsec_test',
};
