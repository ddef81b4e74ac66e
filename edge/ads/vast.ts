import * as v from 'valibot';
import { CREATIVE_SECONDS, type AdMark } from '../../schema/api/ads.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import type { Film } from './adverts.ts';
import { withMacros } from './macros.ts';
import { tell } from './pixels.ts';
import { documents, NoDocument } from './vast-fetch.ts';

/** Wrappers around wrappers that are followed (IAB VAST 4.3 §2.4.3.4 recommends five); the library counts the tag itself. */
const WRAPPERS = 5;
/** Errors of VAST 4.3 §2.3.6.3 that we find ourselves; the library reports those of documents. */
const NO_FILE_THAT_PLAYS = 403;
const WRONG_LENGTH = 202;
const UNREADABLE = 100;
/** Of one event, and of one address: what an account's object keeps of them is bounded. */
const MOST_PIXELS = 20;
const LONGEST = 2_000;

const Address = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LONGEST));
/** Addresses, as the library has them: text, or objects with an id. What is no address is left out. */
const Addresses = v.pipe(
  v.optional(v.nullable(v.array(v.unknown())), []),
  v.transform((all) => (all ?? []).flatMap((one) => addressIn(one) ?? []).slice(0, MOST_PIXELS)),
);
const addressIn = (one: unknown): string | null => {
  const text = typeof one === 'object' && one !== null && 'url' in one ? one.url : one;
  const parsed = v.safeParse(Address, text);
  return parsed.success ? parsed.output : null;
};
/** What of the library's answer is used. */
const Answer = v.object({
  ads: v.array(
    v.object({
      advertiser: v.optional(v.unknown()),
      impressionURLTemplates: Addresses,
      errorURLTemplates: Addresses,
      creatives: v.array(
        v.object({
          type: v.optional(v.nullable(v.string())),
          duration: v.optional(v.number(), 0),
          mediaFiles: v.optional(
            v.array(
              v.object({
                fileURL: v.nullable(v.string()),
                mimeType: v.optional(v.nullable(v.string()), null),
              }),
            ),
            [],
          ),
          videoClickThroughURLTemplate: v.optional(v.unknown()),
          videoClickTrackingURLTemplates: Addresses,
          trackingEvents: v.optional(v.record(v.string(), Addresses), {}),
        }),
      ),
    }),
  ),
});
type Ad = v.InferOutput<typeof Answer>['ads'][number];

export type Tagged = { film: Extract<Film, { at: 'outside' }>; seconds: number; clickUrl: string | null };

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
    const { ads } = v.parse(Answer, await resolved(tag, seconds, until, platform, report));
    for (const ad of ads) {
      const found = playable(ad, platform);
      if (typeof found === 'object') return found;
      report(ad.errorURLTemplates, found);
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

/** The tag with all that it wraps, by the library, which is loaded with the first tag: playback that has none never pays for it. */
async function resolved(
  tag: string,
  seconds: number,
  until: number,
  platform: Platform,
  report: (addresses: readonly string[], code: number) => void,
): Promise<unknown> {
  const [{ VASTClient }, { DOMParser, onErrorStopParsing }] = await Promise.all([
    import('@dailymotion/vast-client'),
    import('@xmldom/xmldom'),
  ]);
  const get = documents(platform, until);
  const client = new VASTClient();
  client.addURLTemplateFilter((url: string) =>
    withMacros(url, platform.now(), crypto.getRandomValues(new Uint32Array(1))[0]!, { break: { seconds } }),
  );
  // It would load pictures, which only pages can; we tell the addresses ourselves.
  client.getParser().trackVastError = (templates: unknown[], code: unknown) => {
    const { ERRORCODE = UNREADABLE } = v.parse(v.object({ ERRORCODE: v.optional(v.number()) }), code);
    report(v.parse(Addresses, templates), ERRORCODE);
  };
  const urlHandler = {
    async get(url: string) {
      try {
        const text = await get(url);
        const xml = new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml');
        return { xml, details: { byteLength: text.length, statusCode: 200 } };
      } catch (error) {
        const why = error instanceof NoDocument ? error.message : 'it is no XML';
        return { error: why, statusCode: null };
      }
    },
  };
  return client.get(tag, { urlHandler, wrapperLimit: WRAPPERS + 1, allowMultipleAds: true });
}

const HLS = /^(?:application\/(?:vnd\.apple\.mpegurl|x-mpegurl)|audio\/(?:x-)?mpegurl)$/i;

/** An advertisement as it is shown, or the error that says why it cannot be. */
function playable(ad: Ad, { settings }: Pick<Platform, 'settings'>): Tagged | number {
  const linear = ad.creatives.find(({ type, mediaFiles }) => type === 'linear' && mediaFiles.length > 0);
  // Pages may fetch from these origins only; from others it would begin and fail.
  const file = linear?.mediaFiles.find(
    ({ fileURL, mimeType }) =>
      HLS.test(mimeType ?? '') &&
      URL.canParse(fileURL?.trim() ?? '') &&
      settings.adOrigins.includes(new URL(fileURL!.trim()).origin),
  );
  if (!linear || !file?.fileURL) return NO_FILE_THAT_PLAYS;
  if (!(linear.duration > 0 && linear.duration <= CREATIVE_SECONDS)) return WRONG_LENGTH;
  const on = linear.trackingEvents;
  const events: Partial<Record<'shown' | AdMark, readonly string[]>> = {
    shown: [...ad.impressionURLTemplates, ...(on['creativeView'] ?? []), ...(on['start'] ?? [])],
    q1: on['firstQuartile'] ?? [],
    q2: on['midpoint'] ?? [],
    q3: on['thirdQuartile'] ?? [],
    q4: on['complete'] ?? [],
    skip: on['skip'] ?? [],
    click: linear.videoClickTrackingURLTemplates,
  };
  const through = addressIn(linear.videoClickThroughURLTemplate);
  const clickUrl = through && /^https?:\/\//i.test(through) ? through : null;
  return {
    film: { at: 'outside', url: file.fileURL.trim(), pixels: events },
    seconds: linear.duration,
    clickUrl,
  };
}
