import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Play } from '../../schema/api/playback.ts';
import { trackChoices } from '../../schema/db/library.ts';
import { profiles } from '../../schema/db/profiles.ts';
import type { Package } from '../../schema/package.ts';
import { database } from '../platform/db.ts';
import { addressesOf } from './addresses.ts';
import { memory } from './playlists.ts';
import { episodeWith, packageFor, viewerWith, worldWide, type LicenceRow } from './playback.fixture.ts';

const rich = (pkg: Package): Package => ({
  ...pkg,
  subtitles: pkg.subtitles.map((track) => ({
    ...track,
    typeset: {
      uri: `${track.id}/typeset.ass`,
      bytes: 1,
      fonts: [{ uri: `${track.id}/fonts/0.ttf`, bytes: 1, family: 'Alegreya' }],
    },
  })),
  pictures: {
    stills: [],
    storyboard: { uri: 'pictures/storyboard.vtt', width: 160, height: 90, tiles: 1, sprites: [] },
    preview: null,
    waveform: null,
  },
});

/** Somebody who watches an episode of their own. */
async function watching(name: string, licence: LicenceRow = worldWide) {
  const { episodeId, pkg } = await episodeWith(name, [licence], { change: rich });
  const { userId, ask } = await viewerWith(name, 4);
  const play = async () => v.parse(Play, await (await ask('POST', `/api/episodes/${episodeId}/hls`)).json());
  return { pkg, userId, play };
}

describe('a play', () => {
  it('begins with what the profile prefers, and before that with what it chose for the series', async () => {
    const name = 'chosen';
    const { userId, play } = await watching(name);
    expect((await play()).chosen).toEqual({ audio: 'a0-ja', subtitles: 's0-en' });
    const db = database(env.DB);
    await db
      .update(profiles)
      .set({ preferences: { prefer: 'dub', audio: ['en'], subtitles: [], shield: false } });
    expect((await play()).chosen.audio).toBe('a1-en');
    const mine = (await db.select().from(profiles)).find((profile) => profile.userId === userId)!;
    const choice = {
      audio: { language: 'ja', role: 'main' },
      subtitles: { language: 'pt', role: 'full' },
    } as const;
    await db
      .insert(trackChoices)
      .values({ profileId: mine.id, titleId: `ttl_${name}`, choice, updatedAt: 1 });
    expect((await play()).chosen).toEqual({ audio: 'a0-ja', subtitles: 's1-pt-br' });
  });

  it('names typeset originals, fonts and storyboard by addresses that open them, of what it covers alone', async () => {
    const { pkg, play } = await watching('typeset', { ...worldWide, subtitleLanguages: ['en'] });
    const { subtitles, storyboard } = await play();
    expect(subtitles).toHaveLength(1);
    const { url, fonts } = subtitles[0]!.typeset!;
    for (const [address, uri] of [
      [url, 's0-en/typeset.ass'],
      [fonts[0]!.url, 's0-en/fonts/0.ttf'],
      [storyboard!.url, 'pictures/storyboard.vtt'],
    ] as const) {
      const { origin, pathname, searchParams } = new URL(address);
      expect(origin + pathname).toBe(`${env.CDN_ORIGIN}/${pkg.prefix}${uri}`);
      expect([...searchParams.keys()].sort()).toEqual(
        expect.arrayContaining(['Key-Pair-Id', 'Policy', 'Signature']),
      );
    }
  });

  it('has them beside its playlists where the Worker delivers: the token in the path opens them', async () => {
    const cache = { text: () => Promise.reject(new Error('nothing is signed')) };
    const sources = { memory: memory(), cache: () => cache, bucket: () => env.BUCKET, cdn: null };
    const at = { origin: 'https://engawa.example', token: 'a.b.c', now: 0, sources };
    const address = await addressesOf(packageFor('ast_beside'), at);
    expect(address('s0-en/typeset.ass')).toBe('https://engawa.example/hls/a.b.c/s0-en/typeset.ass');
  });
});
