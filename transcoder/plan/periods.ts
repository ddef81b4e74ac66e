import type { Plan } from '../../schema/jobs/plan.ts';
import { secondsOf } from './grid.ts';

/** Start and end of each key period, seconds: what one segment of subtitles covers. */
export function periodSpans({
  grid,
  frameRate,
}: Pick<Plan, 'grid' | 'frameRate'>): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const { first, frames, period } of grid) {
    const to = secondsOf(first + frames, frameRate);
    spans[period] = { from: spans[period]?.from ?? secondsOf(first, frameRate), to };
  }
  return spans;
}
