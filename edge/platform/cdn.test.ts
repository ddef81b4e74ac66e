import { env } from 'cloudflare:workers';
import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cdn } from './cdn.ts';

const privateKey = Object.values(JSON.parse(env.CDN_KEYS) as Record<string, string>)[0]!;
const settings = {
  origin: 'https://d111.cloudfront.net',
  keys: { K2JCJMDEHXQW5F: privateKey, KOLDER: 'not signed with' },
};
const until = Date.UTC(2026, 3, 1, 12) + 999;

/** The same by WebCrypto, straight from the developer guide ("Create a signed URL using a custom policy"). */
async function byHand(resource: string, epoch: number): Promise<string> {
  const der = Buffer.from(privateKey.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const key = await crypto.subtle.importKey(
    'pkcs8',
    der,
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const policy = new TextEncoder().encode(
    `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${epoch}}}}]}`,
  );
  const signature = new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, policy));
  const safe = (bytes: Uint8Array) =>
    Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');
  return `?Policy=${safe(policy)}&Key-Pair-Id=K2JCJMDEHXQW5F&Signature=${safe(signature)}&Hash-Algorithm=SHA256`;
}

describe('the CDN signature', () => {
  it('is what an independent implementation makes, byte for byte', async () => {
    const prefix = 'hls/yuki/season-1/ep-2/v3/';
    expect(await cdn(settings).sign(prefix, until)).toBe(
      await byHand(`https://d111.cloudfront.net/${prefix}*`, Math.floor(until / 1000)),
    );
  });

  it('is the same in cookies', async () => {
    const prefix = 'hls/yuki/season-1/ep-2/v3/';
    const hand = await byHand(`https://d111.cloudfront.net/${prefix}*`, Math.floor(until / 1000));
    const pairs = hand
      .slice(1)
      .split('&')
      .map((pair) => `CloudFront-${pair}`);
    const made = cdn(settings)
      .cookies(prefix, until)
      .map((pair) => pair.join('='));
    expect(made.sort()).toEqual(pairs.sort());
  });

  it('with an elliptic-curve key holds for an independent implementation', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const query = new URLSearchParams(await cdn({ ...settings, keys: { KEC: pem } }).sign('hls/a/', until));
    const bytes = (name: string) =>
      Buffer.from(query.get(name)!.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');
    expect(verify('sha256', bytes('Policy'), pair.publicKey, bytes('Signature'))).toBe(true); // DER, as OpenSSL writes it
    expect(verify('sha256', Buffer.from('another'), pair.publicKey, bytes('Signature'))).toBe(false);
  });

  it('is the same each time it is made, so that playlists stay the same', async () => {
    const sign = () => cdn(settings).sign('hls/a/', until);
    expect(await sign()).toBe(await sign());
  });

  it.each(['hls/a', 'hls/*/', 'hls/a?/', '', 'hls/"/'])(
    'is not made for %j, which is no prefix of ours',
    async (prefix) => {
      await expect(cdn(settings).sign(prefix, until)).rejects.toThrow(RangeError);
    },
  );
});
