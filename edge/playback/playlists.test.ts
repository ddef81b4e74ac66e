import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgeCache } from './edge-cache.ts';
import { packageFor } from './playback.fixture.ts';
import { gunzip } from '../http/gzip.ts';
import { memory, playlist, signatureBucket, type Sources } from './playlists.ts';
import type { Terms } from './select.ts';
import { TOKEN_MS } from './token.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 3, 1, 1);
const open: Terms = { maxHeight: null, audio: null, subtitles: null };

/** Sources that count: a cache in memory, one package, a CDN whose signature says what it is. */
function counting() {
  const kept = new Map<string, string>();
  const count = { reads: 0, signatures: 0 };
  const cache: EdgeCache = {
    async text(key, make) {
      if (!kept.has(key)) {
        const made = await make();
        if (made) kept.set(key, made.text);
      }
      return kept.get(key) ?? null;
    },
  };
  const sources: Sources = {
    memory: memory(),
    cache: () => cache,
    bucket: () => ({
      get: () => {
        count.reads += 1;
        return Promise.resolve({ json: () => Promise.resolve(packageFor('ast_0000')) });
      },
    }),
    cdn: {
      keyId: 'K1',
      sign: (prefix, until) => {
        count.signatures += 1;
        return Promise.resolve(`?signed=${prefix}until${until}`);
      },
      cookies: () => [],
      file: (prefix, uri, signature) => `https://cdn.test/${prefix}${uri}${signature}`,
    },
  };
  const get = async (rendition: string, { terms = open, now = NOW } = {}) => {
    const packed = await playlist({ assetId: 'ast_0000', revision: 1 }, terms, rendition, now, sources);
    return packed && new TextDecoder().decode(await gunzip(packed));
  };
  return { get, count };
}

describe('playlists', () => {
  it('read the package once and sign once, whatever is asked for, by however many', async () => {
    const { get, count } = counting();
    for (let viewers = 0; viewers < 3; viewers++)
      for (const name of ['master', 'v360', 'v720', 'a0-ja', 's0-en', 'v360'])
        expect(await get(name)).toContain('#EXTM3U');
    expect(count).toEqual({ reads: 1, signatures: 1 });
    await get('v1080', { now: NOW + 4 * HOUR });
    expect(count.signatures).toBe(1); // still the same bucket
    await get('v1080', { now: NOW + 5 * HOUR });
    expect(count).toEqual({ reads: 1, signatures: 2 });
  });

  it('are the same text for terms that mean the same, and never shared between others', async () => {
    const { get } = counting();
    const both = await get('master', { terms: { ...open, audio: ['ja', 'en'] } });
    expect(await get('master', { terms: { ...open, audio: ['en', 'ja', 'en'] } })).toBe(both);
    expect(await get('a1-en', { terms: { ...open, audio: ['ja'] } })).toBeNull();
    expect(await get('a1-en', { terms: { ...open, audio: ['en'] } })).not.toBeNull();
    expect(await get('a1-en', { terms: { ...open, audio: ['ja'] } })).toBeNull();
    expect(await get('s0-en', { terms: { ...open, subtitles: [] } })).toBeNull();
    expect(await get('s0-en', { terms: open })).not.toBeNull();
  });
});

it('signs for longer than any token can live that is used with the playlist', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
      const bucket = signatureBucket(now);
      expect(bucket.endsAt).toBeGreaterThan(now);
      // A token made this very moment, or one made before: neither outlives the signature.
      expect(bucket.signedUntil).toBeGreaterThan(now + TOKEN_MS);
      expect(signatureBucket(bucket.endsAt - 1)).toEqual(bucket);
      expect(signatureBucket(bucket.endsAt).index).toBe(bucket.index + 1);
    }),
  );
});
