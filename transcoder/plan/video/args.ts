import { trickOf, type Chunk, type Plan } from '../../../schema/jobs/plan.ts';
import { analysisFilters, analysisPreRoll } from './analysis.ts';
import { encoder, pixelFormat } from './encoders.ts';
import { groupFrames } from './groups.ts';
import { chunkFrames, secondsOf } from '../grid.ts';
import { colourFilters, fieldFilters } from '../source/normalise.ts';
import { options } from '../options.ts';
import { seekPoint, sourceInput, type Input, type Output } from '../source/input.ts';
import { OFFSET_SECONDS, videoTicks } from '../timeline.ts';

/** What FFmpeg is to be run with: plain lists, so that anything can run them. */
export type Command = { inputs: Input[]; outputs: Output[] };

/** Seconds before a chunk at which decoding starts, at the latest. */
export const PRE_ROLL_SECONDS = 1.1;

/** Name of the file, in the scratch folder, that one rung of a chunk is encoded into. */
export const rungFile = (rung: string): string => `${rung}.mp4`;

/** Whether the chunks of a plan look at their pictures (plan/video/analysis.ts): those of an episode's own ladder do, not those of a second. */
export const hasAnalysis = (plan: Pick<Plan, 'rungs'>): boolean => trickOf(plan) !== null;

/**
 * One chunk: decode once, split, scale in a chain from the top rung down, encode every rung; the smallest picture is looked at for
 * cuts, black and flashes. One thread everywhere: parallel work is more chunks, and output is the same on every run.
 *
 * Frame numbers are absolute. `fps` puts the source on the constant rate by its absolute timestamps, so that picture n is the
 * same picture whatever chunk it is in; `trim` then takes numbers `[first, first + frames)`. Decoding starts a little earlier,
 * at a keyframe, because the picture shown at the first tick may be an older one (ADR 0012).
 * @param preset where the plan names none
 * @param preRoll seconds, or null to decode from the start: for containers that do not seek well
 */
export function videoChunkCommand(
  plan: Plan,
  chunk: Chunk,
  { url, preset, preRoll = PRE_ROLL_SECONDS }: { url: string; preset: string; preRoll?: number | null },
): Command {
  const { first, frames } = chunkFrames(plan, chunk);
  const start = secondsOf(first, plan.frameRate);
  const seek = first === 0 || preRoll === null ? null : seekPoint(plan.source, start - preRoll);
  const outputsOf = plan.rungs.toReversed().map((rung, i) => ({ rung, label: `v${i}` }));
  // From large to small: a cheap rung may be larger than a dearer one.
  const rungs = outputsOf.toSorted((a, b) => b.rung.width * b.rung.height - a.rung.width * a.rung.height);
  const last = first + frames === plan.frames;
  // Somebody is waiting for the head.
  const quick = first === 0 && chunk.segments === 1;
  // What only adds rungs to an episode need not look at its pictures again.
  const analysed = hasAnalysis(plan);
  const from = analysed ? Math.max(0, first - analysisPreRoll(plan.frameRate)) : first;
  const take = [
    ...fieldFilters(plan),
    `fps=${plan.frameRate.join('/')}:round=near`,
    // The end of the last picture is not known to `fps`; it is held until the grid is full.
    ...(last ? ['tpad=stop_mode=clone:stop=-1'] : []),
    `trim=start_pts=${from}:end_pts=${first + frames}`,
    ...colourFilters(plan),
  ];
  const format = rungs.some(({ rung }) => rung.codec === 'av1') ? 'yuv420p10le' : 'yuv420p';
  const graph = rungs.map(({ rung, label }, i) => {
    const source = i === 0 ? `[0:${plan.source.videoStream}]${take.join(',')},` : `[c${i}]`;
    const next = i < rungs.length - 1 ? `c${i + 1}` : analysed ? 'looks' : null;
    const own = [
      ...(from < first ? [`trim=start_pts=${first}`] : []),
      ...(pixelFormat(rung) === format ? [] : [`format=${pixelFormat(rung)}`]),
    ];
    const same = rungs[i - 1]?.rung.width === rung.width && rungs[i - 1]?.rung.height === rung.height;
    const scale = same
      ? 'null'
      : `scale=${rung.width}:${rung.height}:flags=bicubic,setsar=1,format=${format}`;
    const split = next === null ? '' : `,split=2[${next}]`;
    return `${source}${scale}${split}${own.length > 0 ? `[p${i}];[p${i}]${own.join(',')}` : ''}[${label}]`;
  });
  if (analysed) graph.push(`[looks]${analysisFilters(plan.frameRate).join(',')}`);
  const outputs = outputsOf.map(({ rung, label }) => ({
    target: rungFile(rung.id),
    args: [
      ...options({ map: `[${label}]`, map_metadata: -1, map_chapters: -1 }),
      ...encoder(rung, plan.frameRate, {
        preset: plan.settings.preset ?? preset,
        group: groupFrames(plan, chunk, rung),
        quick,
      }),
      ...options({
        fps_mode: 'passthrough',
        video_track_timescale: videoTicks(plan.frameRate).timescale,
        ...fragmented,
        movflags: `${MOVFLAGS}+frag_keyframe`,
        // The box says the cap, which differs from chunk to chunk.
        write_btrt: 0,
        f: 'mp4',
      }),
    ],
  }));
  outputs[0]!.args.unshift(...options({ filter_complex_threads: 1, filter_complex: graph.join(';') }));
  return { inputs: [sourceInput(url, plan.source.startTime, seek)], outputs };
}

/** Absolute timestamps, one constant offset, nothing that changes from run to run. */
export const fragmented = {
  output_ts_offset: OFFSET_SECONDS,
  avoid_negative_ts: 'disabled',
  fflags: '+bitexact',
} as const;
/**
 * `frag_discont` keeps the start of a chunk out of the init segment, so that all chunks share one. Not `cmaf`: it writes negative
 * composition offsets, by which FFmpeg's own demuxer, and mpv with it, shows pictures late.
 */
export const MOVFLAGS = '+empty_moov+default_base_moof+frag_discont+skip_trailer';
