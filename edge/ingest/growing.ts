import { segmentRates, type Selection } from '../../schema/hls.ts';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { TaskKind } from '../../schema/jobs/state.ts';
import type { WrittenObject } from '../../schema/jobs/task.ts';
import type { Segment } from '../../schema/package.ts';
import type { Part } from './next-tasks.ts';

/** One object that an encode task of the job reported when it was done: so it is stored. */
export type StoredObject = Pick<WrittenObject, 'key' | 'bytes' | 'segment' | 'init'>;

/**
 * Segments of the picture that can be watched, from the first one on: those of the chunks that are done in order. A chunk is done
 * in every rung or in none, so this is the same for all.
 */
export function segmentsSoFar({ chunks }: Pick<Plan, 'chunks'>, done: readonly Part[]): number {
  const isDone = new Set(done.filter(({ kind }) => kind === 'video-chunk').map(({ part }) => part));
  let segments = 0;
  for (const chunk of chunks.toSorted((a, b) => a.index - b.index)) {
    if (!isDone.has(String(chunk.index))) break;
    segments += chunk.segments;
  }
  return segments;
}

/**
 * What can be watched of an episode that is still being encoded: every rung of the plan, as far as its chunks are done in order,
 * and the tracks that are done. Sound goes no further than the picture (RFC 8216bis §6.2.4: renditions differ by a target duration
 * at most); text is complete when it is there. Rates are of what is stored so far.
 */
export function growingSelection(
  plan: Plan,
  done: readonly Part[],
  objects: readonly StoredObject[],
): Selection {
  const upTo = segmentsSoFar(plan, done);
  const isDone = (kind: TaskKind, part: string) =>
    done.some((task) => task.kind === kind && task.part === part);
  const byRendition = Map.groupBy(
    objects,
    ({ segment, init }) => segment?.rendition ?? init?.rendition ?? '',
  );
  const media = (id: string) => {
    const segments = inOrder(byRendition.get(id) ?? [], upTo);
    const head = byRendition.get(id)?.find(({ init }) => init);
    if (!head?.init || segments.length === 0) return [];
    const { peak, average } = segmentRates(segments);
    return [
      {
        id,
        segments,
        codec: head.init.codec,
        init: { uri: head.key, bytes: head.bytes },
        bandwidth: peak,
        averageBandwidth: average,
      },
    ];
  };
  return {
    video: plan.rungs.flatMap(({ id, width, height }) =>
      media(id).map((rung) => ({ ...rung, width, height, frameRate: plan.frameRate })),
    ),
    audio: plan.audio
      .filter(({ id }) => isDone('audio', id))
      .flatMap(({ id, language, role, name, channels, default: first }) =>
        media(id).map((track) => ({ ...track, language, role, name, channels, default: first, facts: null })),
      ),
    subtitles: plan.subtitles
      .filter(({ id }) => isDone('subtitles', id))
      .map(({ id, language, role, name, default: first }) => ({
        id,
        segments: inOrder(byRendition.get(id) ?? [], Infinity),
        language,
        role,
        name,
        default: first,
        typeset: null,
      })),
  };
}

/** The first `upTo` segments, as far as there is none missing. */
function inOrder(objects: readonly StoredObject[], upTo: number): Segment[] {
  const segments: Segment[] = [];
  const sorted = objects
    .flatMap(({ key, bytes, segment }) => (segment ? { key, bytes, ...segment } : []))
    .toSorted((a, b) => a.index - b.index);
  for (const { index, key, bytes, duration, period } of sorted) {
    if (index !== segments.length || index >= upTo) break;
    segments.push({ uri: key, duration, bytes, period });
  }
  return segments;
}

/** Seconds of the whole episode, as far as is known. */
export const lengthOf = ({ exact, frames, frameRate: [num, den], source }: Plan): number =>
  exact ? (frames * den) / num : source.duration;
