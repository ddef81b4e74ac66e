import { createPrivateKey } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from './local/run.ts';
import { localSecrets } from './local/secrets.ts';

// The command itself; a double of wrangler writes down what it is told.
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engawa-rotate-'));
  await writeFile(
    join(folder, 'wrangler'),
    `#!/bin/sh\necho "$@" >> ${folder}/told\ncat >> ${folder}/told\necho >> ${folder}/told\n`,
  );
  await chmod(join(folder, 'wrangler'), 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

const rotate = (...args: string[]) =>
  run(process.execPath, [fileURLToPath(new URL('rotate.ts', import.meta.url)), ...args], {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}` },
  });
const kept = async (name: string, file = 'secrets.json') => {
  const secrets = JSON.parse(await readFile(join(folder, file), 'utf8')) as Record<string, string>;
  return JSON.parse(secrets[name]!) as Record<string, string>;
};

test.each([
  ['tokens', 'PLAYBACK_KEYS'],
  ['cdn', 'CDN_KEYS'],
  ['content', 'CONTENT_KEYS'],
])(
  '%s on this machine: a new key first, the old ones behind it, for their owner only',
  async (what, name) => {
    await localSecrets(folder);
    const before = await kept(name);
    const { code, output } = await rotate(what, '--data', folder);
    expect(code).toBe(0);
    const after = await kept(name);
    const [first, ...others] = Object.keys(after);
    expect(output).toContain(`${name}: ${first}`);
    expect(others).toEqual(Object.keys(before));
    expect(after).toMatchObject(before);
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
  },
);

test('what was signed with of late is kept, in a sentence; what leaked goes at once', async () => {
  await localSecrets(folder);
  const [old] = Object.keys(await kept('PLAYBACK_KEYS'));
  await rotate('tokens', '--data', folder);
  const early = await rotate('tokens', '--retire', old!, '--data', folder);
  expect(early.code).toBe(1);
  expect(early.output).toMatch(/^What .+ signed is in use until .+\n$/);
  expect((await rotate('tokens', '--retire', old!, '--leaked', '--data', folder)).code).toBe(0);
  expect(Object.keys(await kept('PLAYBACK_KEYS'))).toHaveLength(1);
});

test('in production the file is changed, and the secret put as the file has it', async () => {
  const file = join(folder, 'vault.json');
  await writeFile(file, JSON.stringify({ PLAYBACK_KEYS: '{"p1":"x"}', OTHER: 'stays' }));
  const { code, output } = await rotate('tokens', '--env', 'production', '--secrets', file);
  expect(code).toBe(0);
  // What is to be typed half a day later is about the same keys, not this machine's.
  expect(output).toContain(`npm run rotate -- tokens --retire p1 --env production --secrets ${file}\n`);
  const keys = await kept('PLAYBACK_KEYS', 'vault.json');
  expect(keys).toMatchObject({ p1: 'x' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ OTHER: 'stays' });
  expect(await readFile(join(folder, 'told'), 'utf8')).toBe(
    `secret put PLAYBACK_KEYS --env production\n${JSON.stringify(keys)}\n`,
  );
});

test('CloudFront has to know a key before anything is signed with it', async () => {
  const file = join(folder, 'vault.json');
  await writeFile(file, JSON.stringify({ CDN_KEYS: '{"K1":"x"}' }));
  const production = ['cdn', '--env', 'production', '--secrets', file];
  expect((await rotate(...production, '--id', 'K2')).output).toMatch(/^No key was made for CloudFront yet/);
  const introduced = await rotate(...production);
  expect(introduced.output).toContain('aws cloudfront create-public-key');
  expect(introduced.output).toContain('BEGIN PUBLIC KEY');
  expect(introduced.output).not.toContain('PRIVATE');
  expect(await kept('CDN_KEYS', 'vault.json')).toEqual({ K1: 'x' }); // nothing signs with it yet
  expect((await rotate(...production)).output).toContain(/"EncodedKey":"[^"]+"/.exec(introduced.output)![0]); // the same again
  expect((await rotate(...production, '--id', 'K2')).code).toBe(0);
  const { K1, K2 } = await kept('CDN_KEYS', 'vault.json');
  expect(K1).toBe('x');
  expect(createPrivateKey(K2!).asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(await readFile(join(folder, 'told'), 'utf8')).toContain(
    'secret put CDN_KEYS --env production\n{"K2":',
  );
});

test.each([
  [['everything'], 'Say what: tokens, cdn, content'],
  [['tokens', '--env', 'production'], '--env needs --secrets FILE'],
  [['tokens', '--data', '/nowhere'], 'There is no /nowhere/secrets.json'],
])('%j is answered in one sentence', async (args, words) => {
  const { code, output } = await rotate(...args);
  expect(code).toBeGreaterThan(0);
  expect(output).toContain(words);
  expect(output.trim().split('\n')).toHaveLength(1);
});
