import * as v from 'valibot';

/*
 * What is measured on an asset besides its renditions: found by the encode tasks, kept in the package. All times are seconds on
 * the episode's own timeline (zero is its first picture).
 */

const seconds = v.pipe(v.number(), v.minValue(0));
/** `[from, to)`. */
export const Span = v.tuple([seconds, seconds]);
export type Span = v.InferOutput<typeof Span>;

/** Flashing that can harm: `badness` as FFmpeg's `photosensitivity` filter counts it, the worst of the span; 1 is its threshold. */
export const Flash = v.object({ start: seconds, end: seconds, badness: v.number() });
export type Flash = v.InferOutput<typeof Flash>;

/** EBU R128: LUFS, dBTP, LU. `null` where there is nothing but silence. */
export const Loudness = v.object({ integrated: v.number(), truePeak: v.number(), range: v.number() });
export type Loudness = v.InferOutput<typeof Loudness>;

/** How a track was brought to the target: by one gain (`linear`), or by gain and a limiter where its peaks would pass the ceiling. */
export const AudioFacts = v.object({
  before: v.nullable(Loudness),
  after: v.nullable(Loudness),
  /** dB. */
  gain: v.number(),
  method: v.picklist(['linear', 'limited', 'none']),
  silence: v.array(Span),
  /** Chromaprint of the track, raw: 32-bit little-endian words; the main track has one. */
  fingerprint: v.optional(
    v.nullable(v.object({ uri: v.string(), bytes: v.number(), secondsPerWord: v.number() })),
    null,
  ),
});
export type AudioFacts = v.InferOutput<typeof AudioFacts>;

/** Measured on the pictures of one chunk, while they were decoded for encoding. */
export const VideoFacts = v.object({
  /** Where a new shot begins. */
  scenes: v.array(seconds),
  black: v.array(Span),
  flashes: v.array(Flash),
});
export type VideoFacts = v.InferOutput<typeof VideoFacts>;

/** The original of typeset subtitles, with exactly the fonts it uses, cut to the characters it uses. */
export const Typeset = v.object({
  uri: v.string(),
  bytes: v.number(),
  fonts: v.array(v.object({ uri: v.string(), bytes: v.number(), family: v.string() })),
});
export type Typeset = v.InferOutput<typeof Typeset>;
export const SubtitleFacts = v.object({
  cues: v.number(),
  /** What the file's characters were encoded as, by its WHATWG label. */
  encoding: v.optional(v.string(), 'utf-8'),
  typeset: v.optional(v.nullable(Typeset), null),
});
export type SubtitleFacts = v.InferOutput<typeof SubtitleFacts>;

const file = { uri: v.string(), bytes: v.number() };
/** One picture in one size and all formats, smallest format first: the order of `<source>` elements. */
export const PictureSize = v.object({
  width: v.number(),
  height: v.number(),
  files: v.array(v.object({ ...file, type: v.picklist(['image/avif', 'image/webp', 'image/jpeg']) })),
});
export const Still = v.object({
  time: seconds,
  /** Base64; shown until the picture is there. */
  thumbhash: v.string(),
  /** Smallest first. */
  sizes: v.array(PictureSize),
});
export type Still = v.InferOutput<typeof Still>;

export const Pictures = v.object({
  /** Best first: no black, no blur, no fade. */
  stills: v.array(Still),
  /** Sprites for the seek bar, and the WebVTT file that says which part of which stands for what time. */
  storyboard: v.nullable(
    v.object({
      uri: v.string(),
      width: v.number(),
      height: v.number(),
      tiles: v.number(),
      sprites: v.array(v.object(file)),
    }),
  ),
  /** A short clip without sound, MP4, from `start` on. */
  preview: v.nullable(
    v.object({ ...file, start: seconds, duration: seconds, width: v.number(), height: v.number() }),
  ),
  /** Peaks of the main track, 0 to 255, `perSecond` of them a second: one byte each. */
  waveform: v.nullable(v.object({ ...file, perSecond: v.number() })),
});
export type Pictures = v.InferOutput<typeof Pictures>;

/** What an encode task found out, beside the objects it wrote. */
export const EncodeFacts = v.variant('of', [
  v.object({
    of: v.literal('video'),
    ...VideoFacts.entries,
    /** By rung: likeness to the source at its size, SSIM of luma over all pictures of the chunk. */
    likeness: v.optional(v.record(v.string(), v.number()), {}),
  }),
  v.object({ of: v.literal('audio'), ...AudioFacts.entries }),
  v.object({ of: v.literal('subtitles'), ...SubtitleFacts.entries }),
  v.object({ of: v.literal('pictures'), ...Pictures.entries }),
]);
export type EncodeFacts = v.InferOutput<typeof EncodeFacts>;

export const markerKinds = ['opening', 'ending', 'recap', 'preview'] as const;
/** A stretch that players offer to skip. */
export const Marker = v.object({
  kind: v.picklist(markerKinds),
  start: seconds,
  end: seconds,
  /** What it was found by. An editor's is never replaced by a found one. */
  source: v.picklist(['fingerprint', 'chapters', 'editor']),
  /** The first episode of its season in which this opening or ending is heard: viewers may want to see it. */
  first: v.boolean(),
});
export type Marker = v.InferOutput<typeof Marker>;

/** Something an editor should know of before publishing; one that blocks has to be overridden with a reason. */
export const warningCodes = [
  'glyphs-missing',
  'picture-subtitles',
  'encoding-unsure',
  'flashing',
  'loudness-limited',
] as const;
export const Warning = v.object({
  code: v.picklist(warningCodes),
  detail: v.pipe(v.string(), v.maxLength(2000)),
  blocks: v.boolean(),
  /** Id of the rendition that it is about: the warning goes when that one is removed. */
  rendition: v.optional(v.string()),
});
export type Warning = v.InferOutput<typeof Warning>;
