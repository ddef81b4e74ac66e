import type { Plan } from '../../../schema/jobs/plan.ts';
import type { Measured } from '../../../schema/jobs/task.ts';
import { isTrickId, type Rung } from '../../../schema/ladder.ts';
import { secondsOf } from '../grid.ts';
import type { Facts, MeasuredSegment } from './measured.ts';
import { plannedKeys } from '../video/groups.ts';
import { AAC_FRAME, AAC_PRIMING, OFFSET_SECONDS, SAMPLE_RATE } from '../timeline.ts';

/** Rules of the segments of pictures and sound. Each gives the faults it finds, in words. */

const of = (facts: Facts, rendition: string) => facts.segments.get(rendition) ?? [];
const timescaleOf = (facts: Facts, rendition: string) => facts.inits.get(rendition)?.timescale ?? 1;
const isAudio = (plan: Plan, rendition: string) => plan.audio.some(({ id }) => id === rendition);
const startOf = ({ decodeTime, composition }: MeasuredSegment) => decodeTime + composition;

export function segmentFaults(plan: Plan, facts: Facts): string[] {
  const each = Array.from({ length: plan.periods }, (_, period) => period);
  const grid = plan.grid.map(({ period }) => period);
  const expected = [
    ...[...plan.rungs, ...plan.audio].map(({ id }) => ({ id, found: of(facts, id), periods: grid })),
    ...plan.subtitles.map(({ id }) => ({ id, found: facts.texts.get(id) ?? [], periods: each })),
  ];
  const faults = expected.flatMap(({ id, found, periods }) => {
    if (found.length !== periods.length) return [`${id} has ${found.length} of ${periods.length} segments`];
    return periods.flatMap((period, i) =>
      found[i]!.index === i && found[i]!.period === period
        ? []
        : [`${id} has segment ${found[i]!.index} of period ${found[i]!.period} at place ${i}`],
    );
  });
  const known = new Set(expected.map(({ id }) => id));
  const strangers = [...facts.segments.keys(), ...facts.texts.keys()].filter(
    (id) => !known.has(id) && !isTrickId(id),
  );
  return [...faults, ...strangers.map((id) => `${id} is not in the plan`)];
}

const sampleEntries = { h264: 'avc1.', av1: 'av01.' } satisfies Record<Rung['codec'], string>;

export function initFaults(plan: Plan, facts: Facts): string[] {
  return [
    ...plan.rungs.flatMap((rung) => {
      const init = facts.inits.get(rung.id);
      if (!init) return [`${rung.id} has no init segment`];
      const right =
        init.width === rung.width &&
        init.height === rung.height &&
        init.codec.startsWith(sampleEntries[rung.codec]);
      return right ? [] : [`${rung.id} is ${init.codec} ${init.width}×${init.height}`];
    }),
    ...plan.audio.flatMap(({ id }) => {
      const init = facts.inits.get(id);
      if (!init) return [`${id} has no init segment`];
      return init.codec === 'mp4a.40.2' && init.timescale === SAMPLE_RATE
        ? []
        : [`${id} is ${init.codec} at ${init.timescale} Hz`];
    }),
  ];
}

/** Pictures: each rung has the grid's number of frames in each segment, and starts it at the same presentation time. */
export function boundaryFaults(plan: Plan, facts: Facts): string[] {
  return plan.rungs.flatMap(({ id }) =>
    of(facts, id).flatMap((segment, i) => {
      const { first, frames } = plan.grid[i] ?? { first: 0, frames: 0 };
      const start = startOf(segment) / timescaleOf(facts, id);
      const wanted = OFFSET_SECONDS + secondsOf(first, plan.frameRate);
      return segment.samples === frames && Math.abs(start - wanted) < 1e-6
        ? []
        : [`${id}/${i} has ${segment.samples} frames from ${start} s, not ${frames} from ${wanted} s`];
    }),
  );
}

/** A player may begin with any segment, and change the rung at any: closed groups of pictures, where they were planned. */
export function keyFrameFaults(plan: Plan, facts: Facts): string[] {
  return plan.rungs.flatMap((rung) => {
    const planned = plannedKeys(plan, rung);
    return of(facts, rung.id).flatMap((segment, i) => {
      const at = `${rung.id}/${i}`;
      if (segment.keys[0] !== 0) return [`${at} does not begin with a key frame`];
      const wanted = planned[i] ?? [];
      return segment.keys.join() === wanted.join()
        ? []
        : [`${at} has key frames at ${segment.keys.join()}, not at ${wanted.join()}`];
    });
  });
}

export function timeFaults(plan: Plan, facts: Facts): string[] {
  return [...plan.rungs, ...plan.audio].flatMap(({ id }) => {
    const segments = of(facts, id);
    const gaps = segments.flatMap((segment, i) => {
      const before = segments[i - 1];
      const wanted = before ? before.decodeTime + before.duration : segment.decodeTime;
      return segment.decodeTime === wanted
        ? []
        : [`${id}/${i} decodes at ${segment.decodeTime}, not ${wanted}`];
    });
    const start = OFFSET_SECONDS * SAMPLE_RATE - AAC_PRIMING;
    return isAudio(plan, id) && segments[0] && segments[0].decodeTime !== start
      ? [`${id} starts at ${segments[0].decodeTime}, not ${start}`, ...gaps]
      : gaps;
  });
}

/** How much later than the first picture the first sound of each track begins, seconds. */
function syncOffsets(plan: Plan, facts: Facts): { id: string; picture: string; late: number }[] {
  const pictures = plan.rungs.flatMap(({ id }) => {
    const [first] = of(facts, id);
    return first ? [{ id, start: startOf(first) / timescaleOf(facts, id) }] : [];
  });
  const seen = pictures.length > 0 ? pictures : [{ id: 'the picture', start: OFFSET_SECONDS }];
  return plan.audio.flatMap(({ id }) => {
    const [first] = of(facts, id);
    if (!first) return [];
    const start = (startOf(first) + AAC_PRIMING) / timescaleOf(facts, id);
    return seen.map((picture) => ({ id, picture: picture.id, late: start - picture.start }));
  });
}

/** First sound, after the encoder's priming, against first picture: of this job's rungs, or else of where every rung begins. */
export const syncFaults = (plan: Plan, facts: Facts): string[] =>
  syncOffsets(plan, facts)
    .filter(({ late }) => Math.abs(late) > AAC_FRAME / SAMPLE_RATE)
    .map(({ id, picture, late }) => `${id} begins ${Math.round(late * 1000)} ms after ${picture}`);
/** The largest of these offsets, either way. */
export const syncMeasured = (plan: Plan, facts: Facts): Measured =>
  worst(
    syncOffsets(plan, facts).map(({ late }) => late * 1000),
    FRAME_MS,
  );

const FRAME_MS = (AAC_FRAME / SAMPLE_RATE) * 1000;
/** The largest of some deviations in milliseconds. */
const worst = (deviations: readonly number[], limit: number): Measured => ({
  value: deviations.reduce((most, one) => Math.max(most, Math.abs(one)), 0),
  unit: 'ms',
  limit,
});

/** How long each rendition plays, seconds. */
const lengths = (plan: Plan, facts: Facts) =>
  [...plan.rungs, ...plan.audio].map(({ id }) => {
    const sound = isAudio(plan, id);
    const ticks = of(facts, id).reduce((sum, segment) => sum + segment.duration, 0);
    return { id, sound, played: ticks / timescaleOf(facts, id) - (sound ? AAC_PRIMING / SAMPLE_RATE : 0) };
  });
/** The largest deviation from the episode's own length. */
export function durationMeasured(plan: Plan, facts: Facts): Measured {
  const duration = secondsOf(plan.frames, plan.frameRate);
  return worst(
    lengths(plan, facts).map(({ played }) => (played - duration) * 1000),
    FRAME_MS,
  );
}

export function durationFaults(plan: Plan, facts: Facts): string[] {
  const duration = secondsOf(plan.frames, plan.frameRate);
  const frame = secondsOf(1, plan.frameRate);
  const faults = lengths(plan, facts).flatMap(({ id, sound, played }) => {
    const tolerance = sound ? AAC_FRAME / SAMPLE_RATE : 1e-6;
    return Math.abs(played - duration) <= tolerance
      ? []
      : [`${id} lasts ${played.toFixed(4)} s, not ${duration.toFixed(4)} s`];
  });
  return Math.abs(plan.source.duration - duration) <= frame
    ? faults
    : [`the source lasts ${plan.source.duration} s`, ...faults];
}
