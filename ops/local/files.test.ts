import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createPrivateKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enoughSpace } from './disk.ts';
import { lock, running } from './lock.ts';
import { run } from './run.ts';
import { localSecrets, trustedBy } from './secrets.ts';
import { fingerprint } from './web.ts';
import { paymentsOf } from './stripe.ts';
import { dotenv, workerVariables } from './worker.ts';
import { portsFrom } from './ports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engawa-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('secrets are made once, for their owner only, and fit their purpose', async () => {
  const made = await localSecrets(folder);
  expect(await localSecrets(folder)).toEqual(made);
  expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
  const cdn = createPrivateKey(trustedBy(made)['KLOCAL']!);
  expect(cdn.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(JSON.parse(made.AUTH_SIGNING_KEY)).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' });
  for (const keys of [made.PLAYBACK_KEYS, made.CONTENT_KEYS])
    expect(
      Object.values<string>(JSON.parse(keys)).map((key) => Buffer.from(key, 'base64url').length),
    ).toEqual([32]);
});

test('what the Worker is told survives dotenv, line ends and quotes included', async () => {
  const secrets = await localSecrets(folder);
  const variables = workerVariables({
    ports: portsFrom(9000),
    bucket: 'b',
    delivery: 'cloudfront',
    cookies: false,
    secrets,
    payments: paymentsOf({}, secrets, portsFrom(9000)),
  });
  expect(variables).not.toHaveProperty('rotatedAt');
  await writeFile(join(folder, 'worker.env'), dotenv(variables));
  // Node reads the same dialect.
  const script = 'console.log(JSON.stringify(process.env))';
  const { output } = await run(process.execPath, [`--env-file=${join(folder, 'worker.env')}`, '-e', script], {
    env: {},
  });
  expect(JSON.parse(output)).toMatchObject(variables);
});

test('a data folder has one owner at a time', () => {
  const held = lock(folder, 'http://localhost:1');
  expect(running(folder)).toEqual({ pid: process.pid, origin: 'http://localhost:1' });
  expect(() => lock(folder, 'http://localhost:2')).toThrow(`at http://localhost:1 (process ${process.pid})`);
  held.release();
  expect(running(folder)).toBeNull();
  lock(folder, 'http://localhost:2').release();
});

test('a full disk is one sentence with both figures', async () => {
  expect(await enoughSpace(folder, 1)).toBeGreaterThan(1);
  await expect(enoughSpace(folder, 1e18)).rejects.toThrow(
    /has [\d.]+ GB left and Engawa needs 931322574\.6 GB/,
  );
});

test('the site is as old as its sources: names and contents count, what the build writes does not', async () => {
  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
    return fingerprint(folder, ['web', 'vite.config.ts']);
  };
  await mkdir(join(folder, 'web'));
  await write('vite.config.ts', '1');
  const first = await write('web/a.ts', '1');
  expect(await write('web/dist/a.js', 'x')).toBe(first);
  expect(await write('web/assets.gen.js', 'x')).toBe(first);
  const second = await write('web/ui/b.ts', '1');
  expect(second).not.toBe(first);
  expect(await write('web/ui/b.ts', '2')).not.toBe(second);
  expect(await write('web/ui/b.ts', '1')).toBe(second);
});
