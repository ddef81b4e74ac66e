import { base64url } from 'jose';
import { describe, expect, it } from 'vitest';
import { openToken, playEnd, sealToken, TOKEN_MS, type Ticket } from './token.ts';

const NOW = Date.UTC(2026, 3, 1);
const key = (fill: number) => base64url.encode(new Uint8Array(32).fill(fill));
const keys = { p2: key(2), p1: key(1) };
const ticket: Ticket = {
  sessionId: 'ply_0000',
  accountId: 'usr_0000',
  assetId: 'ast_0000',
  revision: 2,
  keyId: 'c1',
  periods: 24,
  licenceId: 'lic_0000',
  maxHeight: 720,
  audio: ['ja'],
  subtitles: null,
  country: 'JP',
  expiresAt: NOW + TOKEN_MS,
};
const parts = (token: string) => token.split('.') as [string, string, string];
const encode = (value: object) => base64url.encode(JSON.stringify(value));
const decode = (part: string) =>
  JSON.parse(new TextDecoder().decode(base64url.decode(part))) as Record<string, unknown>;

describe('a playback token', () => {
  it('says what was put in, is short, and fits a path', async () => {
    const token = await sealToken(ticket, keys);
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
    expect(token.length).toBeLessThan(512);
    expect(await openToken(token, keys, NOW)).toEqual(ticket);
  });

  it('says that an asset is not encrypted', async () => {
    const clear = { ...ticket, keyId: null };
    expect(await openToken(await sealToken(clear, keys), keys, NOW)).toEqual(clear);
  });

  it('that was made before there were revisions is for the first', async () => {
    const [head, body] = await good();
    const { rev: _, ...old } = decode(body);
    const text = `${head}.${encode(old)}`;
    expect(await openToken(`${text}.${await hmac(text, keys.p2)}`, keys, NOW)).toEqual({
      ...ticket,
      revision: 1,
    });
  });

  it('is signed by the first key and still opens after that one has become the second', async () => {
    const token = await sealToken(ticket, keys);
    expect(decode(parts(token)[0])).toEqual({ alg: 'HS256', kid: 'p2', typ: 'playback+jwt' });
    expect(await openToken(token, { p3: key(3), ...keys }, NOW)).toEqual(ticket);
  });

  it('is over at its end, to the second', async () => {
    const token = await sealToken(ticket, keys);
    expect(await openToken(token, keys, ticket.expiresAt - 1)).not.toBeNull();
    expect(await openToken(token, keys, ticket.expiresAt)).toBeNull();
  });

  // Forged by hand: the library would not make most of these.
  const good = async () => parts(await sealToken(ticket, keys));
  const hmac = async (text: string, secret: string) => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const raw = await crypto.subtle.importKey('raw', base64url.decode(secret), algorithm, false, ['sign']);
    return base64url.encode(
      new Uint8Array(await crypto.subtle.sign('HMAC', raw, new TextEncoder().encode(text))),
    );
  };
  const forge = async (change: object, header: object = {}, secret = keys.p1) => {
    const head = encode({ alg: 'HS256', kid: 'p1', typ: 'playback+jwt', ...header });
    const body = encode({ ...decode((await good())[1]), ...change });
    return `${head}.${body}.${await hmac(`${head}.${body}`, secret)}`;
  };

  it('opens when forged with the right key: what follows fails for its own reason', async () => {
    expect(await openToken(await forge({}), keys, NOW)).toEqual(ticket);
  });

  it.each<[string, () => Promise<string>]>([
    ['no signature (alg none)', async () => `${encode({ alg: 'none', kid: 'p1' })}.${(await good())[1]}.`],
    ['alg none over a real signature', () => forge({}, { alg: 'none' })],
    ['another algorithm', () => forge({}, { alg: 'HS384' })],
    ['an asymmetric algorithm', () => forge({}, { alg: 'RS256' })],
    ['another key', () => forge({}, {}, key(9))],
    ['the key of another kid', () => forge({}, { kid: 'p2' })],
    ['a kid that is not ours', () => forge({}, { kid: 'p9' })],
    ['a kid from the prototype', () => forge({}, { kid: 'constructor' })],
    ['no kid', () => forge({}, { kid: undefined })],
    ['a token of another kind', () => forge({}, { typ: 'at+jwt' })],
    ['a critical header that we do not know', () => forge({}, { crit: ['x'], x: 1 })],
    ['no end', () => forge({ exp: undefined })],
    ['an end that is past', () => forge({ exp: NOW / 1000 - 1 })],
    ['an end that is no number', () => forge({ exp: 'never' })],
    ['claims of another version', () => forge({ ast: undefined })],
    ['an asset that is no asset', () => forge({ ast: 'ep_0000' })],
    ['a start that is to come', () => forge({ nbf: NOW / 1000 + 60 })],
    [
      'a changed payload',
      async () => {
        const [head, body, signature] = await good();
        return `${head}.${encode({ ...decode(body), hgt: null })}.${signature}`;
      },
    ],
    ['a cut signature', async () => (await good()).join('.').slice(0, -4)],
    ['nothing', () => Promise.resolve('')],
    ['rubbish', () => Promise.resolve('a.b.c')],
  ])('does not open with %s', async (_, make) => {
    expect(await openToken(await make(), keys, NOW)).toBeNull();
  });

  it('does not open once its key has been retired', async () => {
    expect(await openToken(await sealToken(ticket, keys), { p3: key(3) }, NOW)).toBeNull();
  });

  it('is not signed with a key that is too short, or with none', async () => {
    await expect(sealToken(ticket, { p1: base64url.encode(new Uint8Array(31)) })).rejects.toThrow('32 bytes');
    await expect(sealToken(ticket, {})).rejects.toThrow('no key');
  });
});

it('lasts twelve hours or until the licence ends, whichever is first, and never a millisecond longer', () => {
  expect(playEnd(NOW, null)).toBe(NOW + TOKEN_MS);
  expect(playEnd(NOW, NOW + TOKEN_MS + 1)).toBe(NOW + TOKEN_MS);
  expect(playEnd(NOW, NOW + 61_999)).toBe(NOW + 61_000);
});
