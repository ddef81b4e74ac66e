import type { Plan } from '../../../schema/jobs/plan.ts';
import type { Measured } from '../../../schema/jobs/task.ts';
import { isTrickId } from '../../../schema/ladder.ts';
import type { Package } from '../../../schema/package.ts';
import { TARGET_SECONDS } from '../../../schema/jobs/plan.ts';
import { secondsOf } from '../grid.ts';
import { CEILING_DBTP, asLoudAsItMay, SILENT_LUFS, TARGET_LUFS } from '../audio/loudness.ts';
import type { Facts } from './measured.ts';
import { periodSpans } from '../periods.ts';
import { filesOf } from './reports.ts';
import { OFFSET_SECONDS } from '../timeline.ts';
import { parseCues } from '../subtitles/vtt.ts';

/** Rules of what stands beside the segments of pictures and sound. Each gives the faults it finds, in words. */

/** A millisecond more than WebVTT's own precision. */
const STAMP = 0.0015;

/** Of this job's tracks. One that was nothing but silence, or room noise, is left as it was. */
export function loudnessFaults(plan: Plan, pack: Package): string[] {
  return plan.audio.flatMap(({ id }) => {
    const facts = pack.audio.find((track) => track.id === id)?.facts;
    if (!facts) return [`${id} was not measured`];
    const { before, after } = facts;
    if (before === null || before.integrated < SILENT_LUFS) return [];
    if (after === null) return [`${id} was ${before.integrated} LUFS and is silent`];
    return asLoudAsItMay(facts)
      ? []
      : [`${id} is at ${after.integrated} LUFS, ${after.truePeak} dBTP, not ${TARGET_LUFS}, ${CEILING_DBTP}`];
  });
}

/** How far from the target the furthest track is that could be brought there by gain alone: a limiter's may be quieter (ADR 0029). */
export function loudnessMeasured(plan: Plan, pack: Package): Measured {
  const away = plan.audio.flatMap(({ id }) => {
    const facts = pack.audio.find((track) => track.id === id)?.facts;
    return facts?.after && facts.method === 'linear' ? Math.abs(facts.after.integrated - TARGET_LUFS) : [];
  });
  return { value: Math.max(0, ...away), unit: 'lu', limit: 1 };
}

export function subtitleFaults(plan: Plan, facts: Facts): string[] {
  const duration = secondsOf(plan.frames, plan.frameRate);
  const spans = periodSpans(plan);
  return plan.subtitles.flatMap(({ id }) =>
    (facts.texts.get(id) ?? []).flatMap(({ index, period, cues }) => {
      const { from, to } = spans[period] ?? { from: 0, to: 0 };
      return cues.flatMap(({ start, end }) => {
        const within = start >= 0 && end > start && end <= duration + STAMP;
        return within && start < to + STAMP && end > from - STAMP
          ? []
          : [`${id}/${index} has a cue from ${start} s to ${end} s`];
      });
    }),
  );
}

/** Key frames that stand alone, each at the time of a picture, in the key period of its moment, never further apart than segments. */
export function trickFaults(plan: Plan, facts: Facts): string[] {
  const duration = secondsOf(plan.frames, plan.frameRate);
  const inits = [...facts.inits.keys()].filter(isTrickId);
  const ids = [...new Set([...inits, ...[...facts.segments.keys()].filter(isTrickId)])];
  return ids.flatMap((id) => {
    const init = facts.inits.get(id);
    const frames = facts.segments.get(id) ?? [];
    if (!init || frames.length === 0) return [`${id} has ${init ? 'no frames' : 'no init segment'}`];
    const starts = frames.map(
      (frame) => (frame.decodeTime + frame.composition) / init.timescale - OFFSET_SECONDS,
    );
    const faults = frames.flatMap((frame, i) => {
      const start = starts[i]!;
      const held = (starts[i + 1] ?? duration) - start;
      const number = Math.round((start * plan.frameRate[0]) / plan.frameRate[1]);
      const place = plan.grid.find(({ first, frames: count }) => number >= first && number < first + count);
      if (frame.index !== i) return [`${id} has frame ${frame.index} at place ${i}`];
      if (frame.samples !== 1 || frame.keys[0] !== 0) return [`${id}/${i} is not one key frame`];
      if (Math.abs(start - secondsOf(number, plan.frameRate)) > 1e-6)
        return [`${id}/${i} is between two pictures`];
      if (place?.period !== frame.period) return [`${id}/${i} is under the key of period ${frame.period}`];
      return held > 0 && held <= TARGET_SECONDS + 0.5 ? [] : [`${id}/${i} is shown for ${held} s`];
    });
    return starts[0] === 0 ? faults : [`${id} begins at ${starts[0]} s`, ...faults];
  });
}

const carriedFiles = ({ base }: Facts): ReadonlySet<string> => new Set(base ? filesOf(base).keys() : []);

export function fileFaults(pack: Package, facts: Facts): string[] {
  const carried = carriedFiles(facts);
  return [...filesOf(pack)].flatMap(([uri, bytes]) => {
    const stored = facts.files.get(uri);
    if (stored === undefined) return carried.has(uri) ? [] : [`${uri} is not among what was stored`];
    return bytes === null || bytes === stored ? [] : [`${uri} has ${stored} bytes, not ${bytes}`];
  });
}

export function storyboardFaults({ pictures, duration }: Package, facts: Facts): string[] {
  const board = pictures?.storyboard;
  if (!board || carriedFiles(facts).has(board.uri)) return [];
  if (facts.storyboard === null) return [`${board.uri} cannot be read`];
  const cues = parseCues(facts.storyboard);
  const folder = board.uri.slice(0, board.uri.lastIndexOf('/') + 1);
  const sprites = new Set(board.sprites.map(({ uri }) => uri));
  const gaps = cues.flatMap(({ start }, i) => {
    const before = cues[i - 1]?.end ?? 0;
    return Math.abs(start - before) <= STAMP ? [] : [`tile ${i} begins at ${start} s, not ${before} s`];
  });
  const lost = cues.flatMap(({ text }, i) =>
    sprites.has(folder + text.split('#')[0]!) ? [] : [`tile ${i} is in no sprite: ${text}`],
  );
  const end = cues.at(-1)?.end ?? 0;
  return [
    ...(cues.length === board.tiles ? [] : [`it has ${cues.length} of ${board.tiles} tiles`]),
    ...(Math.abs(end - duration) <= STAMP ? [] : [`it ends at ${end} s, not ${duration} s`]),
    ...gaps,
    ...lost,
  ];
}
