import type { Plan } from '../../schema/jobs/plan.ts';
import type { TaskKind } from '../../schema/jobs/state.ts';
import { taskCost } from './costs.ts';

/** `part` names one of several of a kind: the chunk's number or the rendition's id. */
export type Part = { kind: TaskKind; part: string };

/** The kinds that the barrier counts. */
export const encodeKinds = ['video-chunk', 'audio', 'subtitles', 'pictures'] as const satisfies TaskKind[];

/** The first segment in every rung: what can be watched first. */
export const HEAD = { kind: 'video-chunk', part: '0' } as const satisfies Part;

/** What follows a quick look: the head is encoded while the whole source is still being read. */
export const quickTasks: Part[] = [HEAD, { kind: 'survey', part: '' }];

/** Rungs that an amendment adds are named after it. */
const isAddition = ({ id }: Plan['rungs'][number]): boolean => /^r\d+-/.test(id);

/**
 * What a plan asks for, in the order of dispatch: the head chunk, then sound and subtitles (short, and an episode without
 * sound is not watchable), then the rest of the video and the pictures, the longer first: what is long and comes last keeps one core
 * at work and the others waiting. An amendment leaves pictures as they are.
 */
export function encodeTasks(plan: Plan): Part[] {
  const { rungs, chunks, audio, subtitles } = plan;
  const video = rungs.length > 0 ? chunks.toSorted((a, b) => a.index - b.index) : [];
  const [head, ...rest] = video.map(({ index }): Part => ({ kind: 'video-chunk', part: String(index) }));
  const tracks = [
    ...audio.map(({ id }): Part => ({ kind: 'audio', part: id })),
    ...subtitles.map(({ id }): Part => ({ kind: 'subtitles', part: id })),
  ];
  const pictures: Part[] = rungs.some((rung) => !isAddition(rung)) ? [{ kind: 'pictures', part: '' }] : [];
  const first = rest[0] && taskCost('pictures', '', plan) < taskCost('video-chunk', rest[0].part, plan);
  const long = first ? [...rest, ...pictures] : [...pictures, ...rest];
  return head ? [head, ...tracks, ...long] : [...tracks, ...long];
}
