import * as v from 'valibot';
import type { Platform } from '../platform/platform.ts';
import { withMacros } from './macros.ts';
import { NoDocument } from './vast-fetch.ts';

/** Wrappers around wrappers that are followed (IAB VAST 4.3 §2.4.3.4 recommends five); the library counts the tag itself. */
const WRAPPERS = 5;
/** An error of VAST 4.3 §2.3.6.3 for what the library has no number for. */
const UNREADABLE = 100;
/** Of one event, and of one address: what an account's object keeps of them is bounded. */
export const MOST_PIXELS = 20;
const LONGEST = 2_000;

const Address = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LONGEST));
export const addressIn = (one: unknown): string | null => {
  const text = typeof one === 'object' && one !== null && 'url' in one ? one.url : one;
  const parsed = v.safeParse(Address, text);
  return parsed.success ? parsed.output : null;
};
/** Addresses, as the library has them: text, or objects with an id. What is no address is left out. */
const Addresses = v.pipe(
  v.optional(v.nullable(v.array(v.unknown())), []),
  v.transform((all) => (all ?? []).flatMap((one) => addressIn(one) ?? []).slice(0, MOST_PIXELS)),
);
/** A few words of somebody else's. */
const words = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((text) => (typeof text === 'string' ? text.trim().slice(0, 200) || null : null)),
);
const pixels = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((size) => (typeof size === 'number' && size > 0 ? size : null)),
);
/** Its place in a pod; of what stands in none, after all. */
const place = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((text) => (Number(text) > 0 ? Number(text) : Number.MAX_SAFE_INTEGER)),
);
/** What of the library's answer is used. */
const Answer = v.object({
  ads: v.array(
    v.object({
      title: words,
      sequence: place,
      advertiser: v.pipe(
        v.optional(v.unknown(), null),
        v.transform((one) => (typeof one === 'object' && one !== null && 'value' in one ? one.value : one)),
        words,
      ),
      impressionURLTemplates: Addresses,
      errorURLTemplates: Addresses,
      creatives: v.array(
        v.object({
          type: v.optional(v.nullable(v.string())),
          duration: v.optional(v.number(), 0),
          mediaFiles: v.optional(
            v.array(
              v.object({
                fileURL: v.pipe(v.unknown(), v.transform(addressIn)),
                mimeType: words,
                width: pixels,
                height: pixels,
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
export type Ad = v.InferOutput<typeof Answer>['ads'][number];
export type MediaFile = Ad['creatives'][number]['mediaFiles'][number];

export type Asking = {
  /** Fetches a document. @throws NoDocument */
  get: (address: string) => Promise<string>;
  /** Addresses that want to know of an error, and its number (VAST 4.3 §2.3.6.3). */
  report: (addresses: readonly string[], errorCode: number) => void;
  /** A document that is not to be had, or is none. */
  failed?: (address: string, why: NoDocument) => void;
};

/**
 * The advertisements of a tag with all that it wraps, by the library, which is loaded with the first tag: playback that has none never
 * pays for it.
 * @param seconds of the episode, where the break is
 * @throws Error where there is no VAST to be had
 */
export async function answerOf(
  tag: string,
  seconds: number,
  { now }: Pick<Platform, 'now'>,
  { get, report, failed }: Asking,
): Promise<Ad[]> {
  const [{ VASTClient }, { DOMParser, onErrorStopParsing }] = await Promise.all([
    import('@dailymotion/vast-client'),
    import('@xmldom/xmldom'),
  ]);
  const client = new VASTClient();
  client.addURLTemplateFilter((url: string) =>
    withMacros(url, now(), crypto.getRandomValues(new Uint32Array(1))[0]!, { break: { seconds } }),
  );
  // It would load pictures, which only pages can; we tell the addresses ourselves.
  client.getParser().trackVastError = (templates: unknown[], code: unknown) => {
    const { ERRORCODE = UNREADABLE } = v.parse(v.object({ ERRORCODE: v.optional(v.number()) }), code);
    report(v.parse(Addresses, templates), ERRORCODE);
  };
  const xmlAt = async (url: string) => {
    const text = await get(url);
    try {
      const xml = new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml');
      return { xml, details: { byteLength: text.length, statusCode: 200 } };
    } catch (cause) {
      throw new NoDocument('not-xml', '', { cause });
    }
  };
  const urlHandler = {
    get: (url: string) =>
      xmlAt(url).catch((error: unknown) => {
        if (!(error instanceof NoDocument)) throw error;
        failed?.(url, error);
        return { error: error.message, statusCode: null };
      }),
  };
  const found: unknown = await client.get(tag, {
    urlHandler,
    wrapperLimit: WRAPPERS + 1,
    allowMultipleAds: true,
    // Otherwise the first one is all there is, and one that cannot be shown would hide those that can.
    resolveAll: true,
  });
  // What stands in a pod comes in its order, and before what stands alone (VAST 4.3 §2.3.4).
  return v.parse(Answer, found).ads.toSorted((a, b) => a.sequence - b.sequence);
}
