import type { Chunk, Plan } from '../../../schema/jobs/plan.ts';
import type { Cut } from '../cut.ts';
import { chunkFrames, gopFrames } from '../grid.ts';
import { concat, find, Mp4Error, splitFragmented, type Fragment } from '../mp4.ts';
import { OFFSET_SECONDS, videoTicks } from '../timeline.ts';

/** One key frame. `index`: its number among the episode's key frames; `frames`: how many until the next one, or the end. */
export type TrickFrame = { index: number; frame: number; period: number; frames: number };

/** The key frames of an episode: each GOP of the grid begins with one. */
export function trickFrames({
  grid,
  frames,
  frameRate,
}: Pick<Plan, 'grid' | 'frames' | 'frameRate'>): TrickFrame[] {
  const gop = gopFrames(frameRate);
  return grid
    .flatMap((segment) => {
      const count = Math.ceil(segment.frames / gop);
      return Array.from({ length: count }, (_, i) => ({
        frame: segment.first + i * gop,
        period: segment.period,
      }));
    })
    .map((key, index, all) => ({ index, ...key, frames: (all[index + 1]?.frame ?? frames) - key.frame }));
}

/**
 * The key frames of one rung of one chunk, as FFmpeg wrote it, each as a segment that holds it alone until the next one is due.
 * The init segment is the rung's own.
 * @throws Mp4Error where a GOP is missing
 */
export function cutTrick(file: Uint8Array, plan: Plan, chunk: Chunk): Cut {
  const { init, fragments } = splitFragmented(file); // one a GOP
  const { timescale, perFrame } = videoTicks(plan.frameRate);
  const { first, frames } = chunkFrames(plan, chunk);
  const keys = trickFrames(plan).filter(({ frame }) => frame >= first && frame < first + frames);
  if (keys.length !== fragments.length)
    throw new Mp4Error(`the chunk has ${fragments.length} key frames instead of ${keys.length}`);
  const segments = keys.map(({ index, frame, period, frames }, i) => {
    const decodeTime = OFFSET_SECONDS * timescale + frame * perFrame;
    const duration = frames * perFrame;
    const bytes = alone(fragments[i]!, { decodeTime, duration, sequence: index + 1 });
    return { index, period, bytes, decodeTime, duration, samples: 1 };
  });
  return { init, segments };
}

/** A fragment of a fragment's first sample alone (ISO/IEC 14496-12 §8.8), shown when it is decoded: nothing is before it. */
function alone(
  { bytes, sizes }: Fragment,
  { decodeTime, duration, sequence }: { decodeTime: number; duration: number; sequence: number },
): Uint8Array {
  const data = find(bytes, 'mdat');
  const size = sizes[0];
  if (!data || size === undefined || data.body + size > data.end)
    throw new Mp4Error('a fragment does not hold its first sample');
  const moof = (dataOffset: number) =>
    box(
      'moof',
      box('mfhd', words(0, sequence)),
      box(
        'traf',
        box('tfhd', words(DEFAULT_BASE_IS_MOOF, TRACK)),
        box('tfdt', words(1 << 24, Math.floor(decodeTime / 2 ** 32), decodeTime % 2 ** 32)),
        // One sample: where its data is, its duration, size and flags.
        box('trun', words(0x701, 1, dataOffset, duration, size, KEY_SAMPLE)),
      ),
    );
  const length = moof(0).length;
  return concat([moof(length + 8), box('mdat', bytes.subarray(data.body, data.body + size))]);
}

/** FFmpeg numbers the only track of a file so. */
const TRACK = 1;
const DEFAULT_BASE_IS_MOOF = 0x020000;
/** sample_depends_on: no other; not a non-sync sample (§8.8.3.1). */
const KEY_SAMPLE = 0x02000000;

function words(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint32(i * 4, value);
  return bytes;
}

function box(type: string, ...content: Uint8Array[]): Uint8Array {
  const body = concat(content);
  return concat([words(body.length + 8), new TextEncoder().encode(type), body]);
}
