import type { PlayStart } from '../../schema/api/playback.ts';
import type { AudioRendition, Segment, VideoRendition } from '../../schema/package.ts';
import { Problem } from '../http/problem.ts';
import { periodKey } from '../platform/content-keys.ts';
import type { Platform } from '../platform/platform.ts';
import { rememberGiven } from './given.ts';
import { touchForKey } from './lease.ts';
import type { Selection } from './select.ts';
import type { Ticket } from './token.ts';

/**
 * Seconds from where a play begins that its player is given the names of. On a slow line it feeds itself for so long: until there is
 * room for the player and hls.js (some 260 kB), and then for a whole segment of theirs (web/player/start-pace.ts).
 */
const AHEAD = 20;

/** A segment, its number in the rendition and its beginning in seconds. */
type Placed = Segment & { index: number; start: number };
type Placing = { rendition: VideoRendition | AudioRendition; segments: Placed[] };
/** What of a package a picture at a position takes. `periods`: the key periods of all of it, in order. */
export type First = { video: Placing; audio: Placing | null; periods: number[] };

/**
 * The segments of the smallest H.264 rung, which every browser plays, and of a sound, from a position on. Null: there is no such rung,
 * or the sound is not what it was chosen from.
 * @param position seconds, in the episode
 */
export function firstOf({ video, audio }: Selection, sound: string | null, position: number): First | null {
  const rungs = video.filter(({ codec }) => codec.startsWith('avc1.'));
  const [smallest] = rungs.toSorted((a, b) => a.averageBandwidth - b.averageBandwidth);
  const track = audio.find(({ id }) => id === sound);
  if (!smallest || (audio.length > 0 && !track)) return null;
  const picture = placed(smallest, position);
  const heard = track ? placed(track, position) : null;
  const periods = [...picture.segments, ...(heard?.segments ?? [])].map(({ period }) => period);
  return { video: picture, audio: heard, periods: [...new Set(periods)].sort((a, b) => a - b) };
}

function placed(rendition: VideoRendition | AudioRendition, position: number): Placing {
  let end = 0;
  const all = rendition.segments.map((segment, index) => {
    const start = end;
    end += segment.duration;
    return { ...segment, index, start };
  });
  const within = all.filter((one) => one.start + one.duration > position && one.start < position + AHEAD);
  return { rendition, segments: within.length > 0 ? within : all.slice(-1) };
}

export type Opening = {
  first: First;
  position: number;
  /** Of a play that holds its lease. */
  ticket: Ticket;
  /** Of a file of the package (addresses.ts). */
  address: (uri: string) => string;
};

/**
 * The first picture of a play, with the keys that open it: given, counted and metered like those that are asked for one by one. What
 * refuses a key now is told to the player when it asks for it by itself, so then there is none of this.
 */
export async function playStart(
  { first, position, ticket, address }: Opening,
  platform: Pick<Platform, 'streams' | 'secrets' | 'now'>,
): Promise<PlayStart | null> {
  const now = platform.now();
  const giving = Promise.all(first.periods.map((period) => give(period, ticket, platform, now)));
  const keys = await giving.catch((error: unknown) => {
    if (error instanceof Problem) return null;
    throw error;
  });
  if (!keys) return null;
  const { origin, pathname, search } = new URL(address(''));
  return {
    position,
    // Signed addresses are long, and this is in the way of the first picture: what all have in common is said once.
    base: origin + pathname,
    query: search,
    video: track('video/mp4', first.video),
    audio: first.audio && track('audio/mp4', first.audio),
    keys: ticket.keyId === null ? null : keys.flatMap((key) => key ?? []),
  };
}

/** Null where there are no keys. @throws Problem as `touchForKey` */
async function give(
  period: number,
  ticket: Ticket,
  { streams, secrets }: Pick<Platform, 'streams' | 'secrets'>,
  now: number,
): Promise<{ period: number; key: string } | null> {
  if (ticket.keyId === null) return null;
  await touchForKey(streams, ticket, period);
  const key = (await periodKey(secrets.contentKeys, ticket.keyId, ticket.assetId, period)).slice();
  rememberGiven(ticket.sessionId, period, key, now); // hls.js asks for it in a second
  return { period, key: hex(key) };
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const track = (container: string, { rendition, segments }: Placing) => ({
  type: `${container};codecs="${rendition.codec}"`,
  init: rendition.init.uri,
  segments: segments.map(({ uri, index, start, duration, period }) => ({
    uri,
    index,
    start,
    duration,
    period,
  })),
});
