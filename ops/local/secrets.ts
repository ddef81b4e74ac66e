import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, unwatchFile, watchFile } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));
const Secrets = v.object({
  AUTH_SECRET: text,
  AUTH_SIGNING_KEY: text,
  PLAYBACK_KEYS: text,
  CONTENT_KEYS: text,
  CDN_KEYS: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
  TRANSCODER_SECRET: text,
  STRIPE_SECRET_KEY: text,
  STRIPE_WEBHOOK_SECRET: text,
  /** Of keys, by secret: when the one that signs now took over, ms UTC (ops/rotate.ts). */
  rotatedAt: v.optional(v.record(v.string(), v.number()), {}),
});
export type Secrets = v.InferOutput<typeof Secrets>;

/** This machine's own secrets, made at the first start and kept: what was encrypted and signed yesterday is good today. */
export async function localSecrets(folder: string): Promise<Secrets> {
  const path = secretsPath(folder);
  if (existsSync(path)) {
    const kept: unknown = JSON.parse(await readFile(path, 'utf8'));
    const complete = v.safeParse(Secrets, kept);
    if (complete.success) return complete.output;
    // From before there was one of them: that one is made now.
    const secrets = v.parse(Secrets, {
      ...makeSecrets(),
      ...v.parse(v.record(v.string(), v.unknown()), kept),
    });
    await saveSecrets(path, secrets);
    return secrets;
  }
  const secrets = makeSecrets();
  await saveSecrets(path, secrets);
  return secrets;
}

export const secretsPath = (folder: string): string => join(folder, 'secrets.json');
export const readSecrets = async (path: string): Promise<Secrets> =>
  v.parse(Secrets, JSON.parse(await readFile(path, 'utf8')));
export const saveSecrets = (path: string, secrets: Secrets): Promise<void> =>
  writePrivately(path, `${JSON.stringify(secrets, null, 2)}\n`);

/** The key group of the local CDN: all keys that there are, the one that signs and those before it. */
export const trustedBy = ({ CDN_KEYS }: Secrets): Readonly<Record<string, string>> =>
  v.parse(v.record(v.string(), v.string()), JSON.parse(CDN_KEYS));

/**
 * Tells of secrets that were changed while the platform runs (`npm run rotate`).
 * @returns ends it
 */
export function watchSecrets(folder: string, changed: (secrets: Secrets) => Promise<void>): () => void {
  const path = secretsPath(folder);
  // By time stamp: the file is replaced as a whole, which would end a watch on the file itself.
  watchFile(path, { interval: 500 }, () => {
    void readSecrets(path)
      .then(changed)
      .catch((error: unknown) => console.error(`${path} cannot be read: ${String(error)}`));
  });
  return () => unwatchFile(path);
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
  return {
    AUTH_SECRET: random(),
    AUTH_SIGNING_KEY: JSON.stringify({ ...signing, kid, alg: 'ES256', use: 'sig' }),
    PLAYBACK_KEYS: JSON.stringify({ [kid]: random() }),
    CONTENT_KEYS: JSON.stringify({ [kid]: random() }),
    CDN_KEYS: JSON.stringify({ KLOCAL: cdnKey() }),
    S3_ACCESS_KEY_ID: `LOCAL${random(9)}`.replaceAll(/[^A-Za-z0-9]/g, 'X').toUpperCase(),
    S3_SECRET_ACCESS_KEY: random(30),
    TRANSCODER_SECRET: random(),
    STRIPE_SECRET_KEY: `sk_test_${random(18).replaceAll(/[^A-Za-z0-9]/g, 'x')}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${random(24).replaceAll(/[^A-Za-z0-9]/g, 'x')}`,
    rotatedAt: {},
  };
}

/** A private key, PEM. CloudFront's key groups take the public half of RSA 2048. */
export const cdnKey = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
