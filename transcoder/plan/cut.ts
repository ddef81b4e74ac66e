import type { Chunk, Plan } from '../../schema/jobs/plan.ts';
import { concat, Mp4Error, retime, splitFragmented } from './mp4.ts';
import { audioDecodeTime, audioSegments, AAC_FRAME, OFFSET_SECONDS, videoTicks } from './timeline.ts';

/** A clear media segment, cut and timed. `decodeTime` and `duration` in ticks of the rendition. */
export type CutSegment = {
  index: number;
  period: number;
  bytes: Uint8Array;
  decodeTime: number;
  duration: number;
  samples: number;
};
export type Cut = { init: Uint8Array; segments: CutSegment[] };

/**
 * Cuts one rung of one chunk, as FFmpeg wrote it, into the segments of the grid.
 *
 * FFmpeg's `frag_discont` writes the first picture's presentation time where its decode time belongs, which would put the video
 * behind the sound by the B-frame delay (83 ms at 24 frames/s). So decode times are set here: picture n is shown at exactly
 * offset + n frames, in every chunk and rung (ADR 0012).
 * @throws Mp4Error where frames are missing, or a fragment does not start where a segment does
 */
export function cutVideo(file: Uint8Array, plan: Plan, chunk: Chunk): Cut {
  const { init, fragments } = splitFragmented(file);
  const { timescale, perFrame } = videoTicks(plan.frameRate);
  const grid = plan.grid.slice(chunk.firstSegment, chunk.firstSegment + chunk.segments);
  const delay = fragments[0]?.composition ?? 0;
  let next = 0;
  const segments = grid.map((segment, i) => {
    const parts: Uint8Array[] = [];
    let samples = 0;
    const decodeTime = OFFSET_SECONDS * timescale + segment.first * perFrame - delay;
    for (; samples < segment.frames && next < fragments.length; next++) {
      const fragment = fragments[next]!;
      const first = segment.first + samples;
      parts.push(retime(fragment, decodeTime + samples * perFrame, first + 1).bytes);
      samples += fragment.samples;
      if (fragment.duration !== fragment.samples * perFrame)
        throw new Mp4Error(`frames at ${first} do not last ${perFrame} ticks each`);
    }
    const index = chunk.firstSegment + i;
    if (samples !== segment.frames)
      throw new Mp4Error(`segment ${index} has ${samples} frames instead of ${segment.frames}`);
    return {
      index,
      period: segment.period,
      bytes: concat(parts),
      decodeTime,
      duration: samples * perFrame,
      samples,
    };
  });
  if (next < fragments.length) throw new Mp4Error('there are more frames than the chunk has');
  return { init, segments };
}

/**
 * Times the audio segments that FFmpeg cut, one small file each, and checks that each has the frames the grid gives it: that
 * also proves the encoder's priming to be what the timeline takes it for.
 * @throws Mp4Error
 */
export function cutAudio(files: readonly Uint8Array[], plan: Plan): Cut {
  const grid = audioSegments(plan);
  const init = files[0] ? splitFragmented(files[0]).init : new Uint8Array();
  const segments = grid.map(({ index, first, frames, period }) => {
    const file = files[index];
    // One at a time: all of a long film's would be in memory once more.
    const { fragments = [], init: own } = file ? splitFragmented(file) : {};
    const parts: Uint8Array[] = [];
    let samples = 0;
    for (const fragment of fragments) {
      parts.push(retime(fragment, audioDecodeTime(first + samples), first + samples + 1).bytes);
      samples += fragment.samples;
      if (fragment.duration !== fragment.samples * AAC_FRAME)
        throw new Mp4Error(`audio frames at ${first} do not last ${AAC_FRAME} samples each`);
    }
    if (samples !== frames)
      throw new Mp4Error(`audio segment ${index} has ${samples} frames instead of ${frames}`);
    if (!own || Buffer.compare(own, init) !== 0)
      throw new Mp4Error(`audio segment ${index} has an init segment of its own`);
    return {
      index,
      period,
      bytes: concat(parts),
      decodeTime: audioDecodeTime(first),
      duration: samples * AAC_FRAME,
      samples,
    };
  });
  if (files.length > grid.length) throw new Mp4Error('there are more audio segments than the grid has');
  return { init, segments };
}
