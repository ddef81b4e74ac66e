import type { Plan } from '../../schema/jobs/plan.ts';
import type { Change, SurveyResult } from '../../schema/jobs/task.ts';

/* A plan is believed only where it holds together: barriers and keys are made from it. Each function gives the fault in words, or null. */

/** Chunks are runs of whole segments, in order, without a gap, each within one key period. */
export function planFault(plan: Plan): string | null {
  let next = 0;
  for (const [i, chunk] of plan.chunks.entries()) {
    if (chunk.index !== i) return `chunk ${i} is numbered ${chunk.index}`;
    if (chunk.firstSegment !== next) return `chunk ${i} starts at segment ${chunk.firstSegment}, not ${next}`;
    next += chunk.segments;
    const run = plan.grid.slice(chunk.firstSegment, next);
    if (run.some(({ period }) => period !== chunk.period)) return `chunk ${i} spans key periods`;
  }
  if (next !== plan.grid.length) return `the chunks hold ${next} of ${plan.grid.length} segments`;
  if (plan.grid.some(({ period }) => period >= plan.periods)) return 'a segment is outside the key periods';
  const frames = plan.grid.reduce((sum, segment) => sum + segment.frames, 0);
  if (frames !== plan.frames) return `the grid holds ${frames} of ${plan.frames} frames`;
  if (!plan.exact) return 'it is not exact';
  const ids = [...plan.rungs, ...plan.audio, ...plan.subtitles].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return 'two renditions share an id';
  return null;
}

/** A whole asset: a plan that holds together, with pictures. */
export const wholeFault = (plan: Plan): string | null =>
  plan.rungs.length === 0 ? 'it has no rungs' : planFault(plan);

/** Of a quick look only its head is asked for: one chunk from the first segment on, in one key period. */
export function lookFault({ rungs, chunks: [head], grid }: Plan): string | null {
  if (rungs.length === 0) return 'it has no rungs';
  if (!head || head.index !== 0 || head.firstSegment !== 0) return 'it has no head';
  const run = grid.slice(0, head.segments);
  if (run.length !== head.segments) return `the head holds ${run.length} of ${head.segments} segments`;
  return run.some(({ period }) => period !== head.period) ? 'the head spans key periods' : null;
}

/** The survey's plan, by itself and as the successor of the quick look's: a head that stands is the same head in the same rungs. */
export function surveyFault(look: Plan, { plan, headStands }: SurveyResult): string | null {
  const fault = wholeFault(plan);
  if (fault !== null || !headStands) return fault;
  if (!same(shapeOfHead(look), shapeOfHead(plan))) return 'its head stands and is another one';
  const looked = look.rungs.map(({ id }) => id);
  const kept = [...plan.rungs.map(({ id }) => id), ...plan.dropped];
  return same(looked.toSorted(), kept.toSorted())
    ? null
    : `its head stands, but was encoded as ${looked.join(', ')} and not as ${kept.join(', ')}`;
}
const shapeOfHead = ({ chunks, grid, frameRate }: Plan) => [
  chunks[0],
  grid.slice(0, chunks[0]?.segments),
  frameRate,
];

/** What an amendment adds stands on the asset's own grid, under names of its own, and is what was asked for. */
export function additionsFault(base: Plan, plan: Plan, { number, add }: Change): string | null {
  const fault = planFault(plan);
  if (fault !== null) return fault;
  const timeline = ({ frameRate, frames, grid, chunks, periods }: Plan) => [
    frameRate,
    frames,
    grid,
    chunks,
    periods,
  ];
  if (!same(timeline(base), timeline(plan))) return 'its timeline is not the one of the asset';
  const made = { audio: plan.audio, subtitles: plan.subtitles, av1: plan.rungs };
  for (const [kind, renditions] of Object.entries(made)) {
    const stray = renditions.find(({ id }) => !id.startsWith(`r${number}-`));
    if (stray) return `rendition ${stray.id} is not named after amendment ${number}`;
    if (kind === add?.kind && renditions.length === 0) return `it adds no ${kind}`;
    if (kind !== add?.kind && renditions.length > 0) return `it adds ${kind}, which nobody asked for`;
  }
  return null;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
