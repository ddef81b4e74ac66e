import * as v from 'valibot';

export const presets = [
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
  'veryslow',
] as const;

/** What an editor may choose of an encode. Everything left out is the platform's own choice. */
export const EncodeSettings = v.object({
  /** x264's; null: as the transcoder is configured. */
  preset: v.optional(v.nullable(v.picklist(presets)), null),
  /** Constant rate factor of the top rung: lower is better and larger. */
  crf: v.optional(v.pipe(v.number(), v.minValue(14), v.maxValue(34)), 22),
  /** Lines; no rung is larger. */
  maxHeight: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(144), v.maxValue(4320))), null),
  /**
   * `measured`: probe encodes decide which rungs are worth having; `all`: every step up to the source's size; `auto`: measured
   * where the film is so long that it pays, else the usual steps.
   */
  ladder: v.optional(v.picklist(['auto', 'measured', 'all']), 'auto'),
  /** A second ladder in AV1, begun once the first is ready. */
  av1: v.optional(v.boolean(), false),
  /** `none` is for what anyone may have: native players of fMP4 that cannot decrypt it. */
  encryption: v.optional(v.picklist(['aes-128', 'none']), 'aes-128'),
});
export type EncodeSettings = v.InferOutput<typeof EncodeSettings>;
export const defaultSettings: EncodeSettings = v.parse(EncodeSettings, {});
