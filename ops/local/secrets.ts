import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));
const Secrets = v.object({
  AUTH_SECRET: text,
  AUTH_SIGNING_KEY: text,
  PLAYBACK_KEYS: text,
  CONTENT_KEYS: text,
  CDN_PRIVATE_KEY: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
  TRANSCODER_SECRET: text,
  /** The other half of CDN_PRIVATE_KEY: what CloudFront keeps, and here the local CDN. */
  CDN_PUBLIC_KEY: text,
});
export type Secrets = v.InferOutput<typeof Secrets>;

/** This machine's own secrets, made at the first start and kept: what was encrypted and signed yesterday is good today. */
export async function localSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, 'secrets.json');
  if (existsSync(path)) return v.parse(Secrets, JSON.parse(await readFile(path, 'utf8')));
  const secrets = makeSecrets();
  await writePrivately(path, JSON.stringify(secrets, null, 2));
  return secrets;
}

/** Readable by its owner only, and never half written. */
export async function writePrivately(path: string, content: string): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

function makeSecrets(): Secrets {
  const random = (bytes = 32) => randomBytes(bytes).toString('base64url');
  const kid = `k${new Date().toISOString().slice(0, 10)}`;
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  // CloudFront's key groups take RSA 2048.
  const cdn = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    AUTH_SECRET: random(),
    AUTH_SIGNING_KEY: JSON.stringify({ ...signing, kid, alg: 'ES256', use: 'sig' }),
    PLAYBACK_KEYS: JSON.stringify({ [kid]: random() }),
    CONTENT_KEYS: JSON.stringify({ [kid]: random() }),
    CDN_PRIVATE_KEY: cdn.privateKey,
    S3_ACCESS_KEY_ID: `LOCAL${random(9)}`.replaceAll(/[^A-Za-z0-9]/g, 'X').toUpperCase(),
    S3_SECRET_ACCESS_KEY: random(30),
    TRANSCODER_SECRET: random(),
    CDN_PUBLIC_KEY: cdn.publicKey,
  };
}
