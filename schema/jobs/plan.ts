import * as v from 'valibot';
import { audioRoles, FrameRate, Language, Rung, subtitleRoles, trickId } from '../ladder.ts';
import { Chapter } from '../package.ts';
import { Warning } from '../media-facts.ts';
import { defaultSettings, EncodeSettings } from './settings.ts';

/** No segment is longer, seconds, rounded as EXT-X-TARGETDURATION is (RFC 8216bis §4.4.3.1). */
export const TARGET_SECONDS = 6;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Frames `[first, first + frames)` of the output, one segment of the grid. */
export const GridSegment = v.object({ first: count, frames: v.pipe(count, v.minValue(1)), period: count });
export type GridSegment = v.InferOutput<typeof GridSegment>;

/** A run of whole segments: the unit of parallel encoding and of retry. All its segments share one key period. */
export const Chunk = v.object({
  index: count,
  firstSegment: count,
  segments: v.pipe(count, v.minValue(1)),
  period: count,
});
export type Chunk = v.InferOutput<typeof Chunk>;

export const PlannedAudio = v.object({
  /** Rendition id, such as `a0-ja`. */
  id: v.string(),
  /** Index of the stream in the source file; null: silence, for a source without sound. */
  stream: v.nullable(count),
  language: Language,
  role: v.picklist(audioRoles),
  name: v.string(),
  channels: v.number(),
  default: v.boolean(),
  /** Seconds by which the track is moved later (negative: earlier) than its file says. */
  delay: v.optional(v.number(), 0),
});
export type PlannedAudio = v.InferOutput<typeof PlannedAudio>;

export const PlannedSubtitles = v.object({
  /** Rendition id, such as `s0-en`. */
  id: v.string(),
  stream: count,
  codec: v.string(),
  language: Language,
  role: v.picklist(subtitleRoles),
  name: v.string(),
  default: v.boolean(),
  delay: v.optional(v.number(), 0),
});
export type PlannedSubtitles = v.InferOutput<typeof PlannedSubtitles>;

/** By FFmpeg's names for the terms of ITU-T H.273. `gbr`: the pictures are RGB. */
export const SourceColour = v.object({
  matrix: v.picklist(['bt709', 'bt470bg', 'smpte170m', 'bt2020nc', 'gbr']),
  primaries: v.picklist(['bt709', 'bt470bg', 'smpte170m', 'bt2020', 'smpte432']),
  range: v.picklist(['limited', 'full']),
});
export type SourceColour = v.InferOutput<typeof SourceColour>;

/** What the probe task found out and decided: everything later tasks need to know of the source. */
export const Plan = v.object({
  source: v.object({
    container: v.string(),
    /** Seconds. */
    duration: v.number(),
    /** Seconds; what the container calls time zero. */
    startTime: v.number(),
    videoStream: count,
    videoCodec: v.string(),
    width: count,
    height: count,
    /** Order of the fields of an interlaced source (`auto`: each frame says it); null: progressive. */
    fields: v.optional(v.nullable(v.picklist(['top', 'bottom', 'auto'])), null),
    /** Transfer of an HDR source, which is mapped to SDR; null: SDR. */
    hdr: v.optional(v.nullable(v.picklist(['pq', 'hlg'])), null),
    /** What its numbers mean as colours, if not BT.709 of limited range, which all renditions are. */
    colour: v.optional(SourceColour),
    /** Where keyframes stand, seconds from the first picture; only of containers without an index, which are else entered anywhere. */
    entries: v.optional(v.array(v.number())),
    /** What was normalised and what was left out, in words for the job log. */
    notes: v.array(v.string()),
  }),
  frameRate: FrameRate,
  /** Frames of the output: every rendition lasts exactly `frames / frameRate`. */
  frames: v.pipe(count, v.minValue(1)),
  /** None where an amendment adds no pictures: then its chunks are the grid only, and nobody encodes them. */
  rungs: v.array(Rung),
  grid: v.pipe(v.array(GridSegment), v.minLength(1)),
  chunks: v.pipe(v.array(Chunk), v.minLength(1)),
  periods: v.pipe(count, v.minValue(1)),
  audio: v.array(PlannedAudio),
  subtitles: v.array(PlannedSubtitles),
  chapters: v.array(Chapter),
  settings: v.optional(EncodeSettings, defaultSettings),
  /**
   * False: by the probe's quick look only. Frame rate, rungs and the first chunk stand, so that the head can be encoded at once;
   * the survey's plan takes its place.
   */
  exact: v.optional(v.boolean(), true),
  /**
   * The head of the quick look did not stand and is encoded once more: under names of its own, since a CDN may keep the first for as
   * long as it was told to.
   */
  headAgain: v.optional(v.boolean(), false),
  /** Rungs of the quick look that the survey found not to be worth having: the head's segments of them are deleted. */
  dropped: v.optional(v.array(v.string()), []),
  warnings: v.optional(v.array(Warning), []),
});
export type Plan = v.InferOutput<typeof Plan>;

/**
 * The rung whose key frames are a rendition of their own, and the id of that: the lowest of an episode's first ladder. An
 * amendment's rungs have none.
 */
export function trickOf({ rungs }: Pick<Plan, 'rungs'>): { id: string; rung: Rung } | null {
  const rung = rungs.find(({ id, codec }) => codec === 'h264' && !id.startsWith('r'));
  return rung ? { id: trickId(rung.height), rung } : null;
}
