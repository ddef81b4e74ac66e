import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { cdn } from './cdn.ts';

const settings = {
  origin: 'https://d111.cloudfront.net',
  keyId: 'K2JCJMDEHXQW5F',
  privateKey: env.CDN_PRIVATE_KEY,
};
const until = Date.UTC(2026, 3, 1, 12) + 999;

/** The same by WebCrypto, straight from the developer guide ("Create a signed URL using a custom policy"). */
async function byHand(resource: string, epoch: number): Promise<string> {
  const der = Buffer.from(env.CDN_PRIVATE_KEY.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
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
    expect(cdn(settings).sign(prefix, until)).toBe(
      await byHand(`https://d111.cloudfront.net/${prefix}*`, Math.floor(until / 1000)),
    );
  });

  it('is the same each time it is made, so that playlists stay the same', () => {
    const sign = () => cdn(settings).sign('hls/a/', until);
    expect(sign()).toBe(sign());
  });

  it.each(['hls/a', 'hls/*/', 'hls/a?/', '', 'hls/"/'])(
    'is not made for %j, which is no prefix of ours',
    (prefix) => {
      expect(() => cdn(settings).sign(prefix, until)).toThrow(RangeError);
    },
  );
});
