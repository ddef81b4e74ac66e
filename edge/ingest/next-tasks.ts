import type { Plan } from '../../schema/jobs/plan.ts';
import type { TaskKind } from '../../schema/jobs/state.ts';

/** `part` names one of several of a kind: the chunk's number or the rendition's id. */
export type Part = { kind: TaskKind; part: string };

/** The kinds that the barrier counts. */
export const encodeKinds = ['video-chunk', 'audio', 'subtitles', 'pictures'] as const satisfies TaskKind[];

/**
 * What a plan asks for, in the order of dispatch: the head chunk, then sound and subtitles (short, and an episode without
 * sound is not watchable), then the rest of the picture.
 */
export function encodeTasks({ chunks, audio, subtitles }: Plan): Part[] {
  const [head, ...rest] = chunks
    .toSorted((a, b) => a.index - b.index)
    .map(({ index }): Part => ({ kind: 'video-chunk', part: String(index) }));
  const tracks = [
    ...audio.map(({ id }): Part => ({ kind: 'audio', part: id })),
    ...subtitles.map(({ id }): Part => ({ kind: 'subtitles', part: id })),
  ];
  return head ? [head, ...tracks, ...rest] : tracks;
}
