import { env } from 'cloudflare:workers';
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
