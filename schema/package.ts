import * as v from 'valibot';
import { AudioFacts, Pictures, Typeset, VideoFacts, Span } from './media-facts.ts';
import { audioRoles, FrameRate, Language, subtitleRoles } from './ladder.ts';

/**
 * `package.json`: everything the edge needs to write playlists for one asset version, measured, never assumed.
 * Written by the transcoder's package task, kept in R2 at publish. URIs are relative to `prefix`.
 */
export const Segment = v.object({
  uri: v.string(),
  /** Seconds, exact to the rendition's time base. */
  duration: v.number(),
  /** Size as stored, that is encrypted. */
  bytes: v.number(),
  /** Key period; constant or one more than the segment before. */
  period: v.number(),
});
export type Segment = v.InferOutput<typeof Segment>;

const rendition = {
  /** Folder under `prefix`, and the name in playlist addresses. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{2,40}$/)),
  segments: v.array(Segment),
};
const media = {
  ...rendition,
  /** RFC 6381, read from the bitstream. */
  codec: v.string(),
  /** Clear init segment (EXT-X-MAP). */
  init: v.object({ uri: v.string(), bytes: v.number() }),
  /** Peak bit/s of any run of whole segments between 0.5 and 1.5 target durations (RFC 8216bis §4.4.6.2). */
  bandwidth: v.number(),
  averageBandwidth: v.number(),
};
export const VideoRendition = v.object({
  ...media,
  width: v.number(),
  height: v.number(),
  frameRate: FrameRate,
  /** Likeness to the source at this size, SSIM of luma, 0 to 1, as the encoder measured it over all frames; left out where it did not. */
  ssim: v.optional(v.number()),
});
export type VideoRendition = v.InferOutput<typeof VideoRendition>;

export const AudioRendition = v.object({
  ...media,
  language: Language,
  role: v.picklist(audioRoles),
  name: v.string(),
  channels: v.number(),
  default: v.boolean(),
  facts: v.optional(v.nullable(AudioFacts), null),
});
export type AudioRendition = v.InferOutput<typeof AudioRendition>;

export const SubtitleRendition = v.object({
  ...rendition,
  language: Language,
  role: v.picklist(subtitleRoles),
  name: v.string(),
  default: v.boolean(),
  /** The original, where it was typeset (ASS). */
  typeset: v.optional(v.nullable(Typeset), null),
});
export type SubtitleRendition = v.InferOutput<typeof SubtitleRendition>;

/** Key frames only, each an object of its own, for fast seeking (RFC 8216bis §4.4.6.3 EXT-X-I-FRAME-STREAM-INF). */
export const TrickRendition = v.object({ ...media, width: v.number(), height: v.number() });
export type TrickRendition = v.InferOutput<typeof TrickRendition>;

/** Seconds from the start of the episode. */
export const Chapter = v.object({ start: v.number(), end: v.number(), title: v.string() });
export type Chapter = v.InferOutput<typeof Chapter>;

export const Package = v.object({
  v: v.literal(1),
  assetId: v.string(),
  /** `hls/{slug}/season-{n}/ep-{m}/v{version}/`, with the trailing slash. */
  prefix: v.string(),
  /** Seconds. */
  duration: v.number(),
  /** One more with every amendment; playback tokens name the one they were made for. */
  revision: v.optional(v.number(), 1),
  /** Id of the content master key the keys of this asset derive from; null: not encrypted. */
  keyId: v.nullable(v.string()),
  /** Number of key periods. */
  periods: v.number(),
  /** Lowest rung first. */
  video: v.array(VideoRendition),
  audio: v.array(AudioRendition),
  subtitles: v.array(SubtitleRendition),
  chapters: v.array(Chapter),
  trick: v.optional(v.array(TrickRendition), []),
  pictures: v.optional(v.nullable(Pictures), null),
  /** Measured on pictures and on the main track. */
  analysis: v.optional(v.object({ ...VideoFacts.entries, silence: v.array(Span) }), {
    scenes: [],
    black: [],
    flashes: [],
    silence: [],
  }),
});
export type Package = v.InferOutput<typeof Package>;
