import * as v from 'valibot';

/** A frame rate as an exact fraction: 24000/1001 is `[24000, 1001]`. */
export const FrameRate = v.tuple([
  v.pipe(v.number(), v.integer(), v.minValue(1)),
  v.pipe(v.number(), v.integer(), v.minValue(1)),
]);
export type FrameRate = v.InferOutput<typeof FrameRate>;

export const videoCodecs = ['h264', 'av1'] as const;

/** One step of the ladder. Sizes are even pixels; `maxrate` and `bufsize` are bit/s of the VBV cap over the CRF. */
export const Rung = v.object({
  /**
   * Folder and rendition id: `v` + height, such as `v720`; a second rung of the same height has a suffix (`v1080-low`), one that
   * was added to a finished asset the number of its amendment before it (`r2-v1080-av1`).
   */
  id: v.pipe(v.string(), v.regex(/^(r\d+-)?v\d{2,4}(-[a-z0-9]+)?$/)),
  codec: v.optional(v.picklist(videoCodecs), 'h264'),
  width: v.number(),
  height: v.number(),
  crf: v.number(),
  maxrate: v.number(),
  bufsize: v.number(),
});
export type Rung = v.InferOutput<typeof Rung>;

/** Id of a rendition of key frames only: `t` + height. No plan lists it; whoever makes one reports its init and its frames. */
export const trickId = (height: number): string => `t${String(height).padStart(2, '0')}`;
export const isTrickId = (id: string): boolean => /^t\d{2,4}$/.test(id);

/** What an audio or subtitle track is for (HLS: RFC 8216bis §4.4.6.1 CHARACTERISTICS, and the field's own words). */
export const audioRoles = ['main', 'dub', 'commentary', 'description'] as const;
export const subtitleRoles = ['full', 'signs', 'sdh', 'forced'] as const;
export type AudioRole = (typeof audioRoles)[number];
export type SubtitleRole = (typeof subtitleRoles)[number];

/** BCP 47; `und` where the source does not say. */
export const Language = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/));
