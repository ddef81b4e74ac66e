/** Secrets of the test runs: made up, used nowhere else. Asymmetric keys are made where a test needs them. */
export const testSecrets = {
  AUTH_SECRET: 'test-auth-secret-of-32-characters-or-more',
  AUTH_SIGNING_KEY: '',
  PLAYBACK_KEYS: JSON.stringify({ p1: 'cGxheWJhY2sta2V5LW9mLXRoaXJ0eS10d28tYnl0ZXM' }),
  CONTENT_KEYS: JSON.stringify({ c1: 'Y29udGVudC1rZXktb2YtdGhpcnR5LXR3by1ieXRlcyE' }),
  CDN_PRIVATE_KEY: '',
  S3_ACCESS_KEY_ID: 'test',
  S3_SECRET_ACCESS_KEY: 'test',
  TRANSCODER_SECRET: 'test-transcoder-secret',
};
