import { CREATIVE_SECONDS, type AdMark, type AdvertFault, type FileFault } from '../../schema/api/ads.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import type { Film } from './adverts.ts';
import { tell } from './pixels.ts';
import { addressIn, answerOf, MOST_PIXELS, type Ad, type MediaFile } from './vast-answer.ts';
import { documents } from './vast-fetch.ts';

/** All tags of a break have so long together: a player waits about twice that, and plays on without. */
export const TAGS_MS = 1_500;
/** Errors of VAST 4.3 §2.3.6.3 that we find ourselves; the library reports those of documents. */
const errorCodes: Record<AdvertFault, number> = { 'no-file': 403, 'wrong-length': 202 };

type OutsideFilm = Extract<Film, { at: 'outside' }>;
export type Tagged = { film: OutsideFilm; seconds: number; clickUrl: string | null };

/**
 * What a VAST tag has to show in a break: its first advertisement that a player of interstitials can play, which is HLS (ADR 0090). Null:
 * nothing, whatever the reason; the addresses that want to know hear of it, and nobody else does.
 * @param until when an answer is of no use any more, ms UTC: for the tag and all that it wraps
 * @param seconds of the episode, where the break is
 */
export async function fromTag(
  tag: string,
  seconds: number,
  until: number,
  platform: Platform,
  later: (work: Promise<unknown>) => void,
): Promise<Tagged | null> {
  const report = (addresses: readonly string[], errorCode: number) =>
    tell(addresses, platform, later, { errorCode, break: { seconds } });
  try {
    for (const ad of await answerOf(tag, seconds, platform, { get: documents(platform, until), report })) {
      const found = playable(ad, platform);
      if (typeof found === 'object') return found;
      report(ad.errorURLTemplates, errorCodes[found]);
    }
    return null;
  } catch (error) {
    // Somebody else's document: nothing that it says may end a play. What is wrong with ours would show here, too.
    const why = error instanceof Error ? error.message : String(error);
    complain({ event: 'tag without an advertisement', host: hostOf(tag), why });
    return null;
  }
}

const hostOf = (tag: string) => (URL.canParse(tag) ? new URL(tag).hostname : 'none');

/** The part of an advertisement that is a film. */
export const linearOf = ({ creatives }: Ad) =>
  creatives.find(({ type, mediaFiles }) => type === 'linear' && mediaFiles.length > 0);

const HLS = /^(?:application\/(?:vnd\.apple\.mpegurl|x-mpegurl)|audio\/(?:x-)?mpegurl)$/i;

/** What keeps a file from being shown; null: nothing. Pages may fetch from AD_ORIGINS only: from others it would begin and fail. */
export function fileFault(
  { fileURL, mimeType }: Pick<MediaFile, 'fileURL' | 'mimeType'>,
  { settings }: Pick<Platform, 'settings'>,
): FileFault | null {
  if (fileURL === null || !URL.canParse(fileURL)) return 'no-address';
  if (!HLS.test(mimeType ?? '')) return 'not-hls';
  return settings.adOrigins.includes(new URL(fileURL).origin) ? null : 'elsewhere';
}

/** An advertisement as it is shown, or what is wrong with it. */
export function playable(ad: Ad, platform: Pick<Platform, 'settings'>): Tagged | AdvertFault {
  const linear = linearOf(ad);
  const url = linear?.mediaFiles.find((one) => fileFault(one, platform) === null)?.fileURL;
  if (!linear || !url) return 'no-file';
  if (!(linear.duration > 0 && linear.duration <= CREATIVE_SECONDS)) return 'wrong-length';
  const on = linear.trackingEvents;
  const shown = [...ad.impressionURLTemplates, ...(on['creativeView'] ?? []), ...(on['start'] ?? [])];
  const pixels: Partial<Record<'shown' | AdMark, readonly string[]>> = {
    shown: shown.slice(0, MOST_PIXELS),
    q1: on['firstQuartile'] ?? [],
    q2: on['midpoint'] ?? [],
    q3: on['thirdQuartile'] ?? [],
    q4: on['complete'] ?? [],
    skip: on['skip'] ?? [],
    click: linear.videoClickTrackingURLTemplates,
  };
  return { film: { at: 'outside', url, pixels }, seconds: linear.duration, clickUrl: clickOf(linear) };
}

/** Where a click leads; nothing but the web is opened. */
function clickOf({ videoClickThroughURLTemplate }: NonNullable<ReturnType<typeof linearOf>>): string | null {
  const through = addressIn(videoClickThroughURLTemplate);
  return through && /^https?:\/\//i.test(through) ? through : null;
}
