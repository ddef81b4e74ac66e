import type { Plan } from '../../../schema/jobs/plan.ts';
import type { Rung } from '../../../schema/ladder.ts';
import { capped } from './ladder.ts';

/** Measured on cel art by VMAF: SVT-AV1's CRF 40 is as good as x264's 24 at a quarter of its bits, 50 as 28 at two fifths. */
const own = [
  { suffix: 'av1low', crf: 50, cap: 0.15 },
  { suffix: 'av1', crf: 40, cap: 0.4 },
] as const;
/** A small rung, for slow lines and slow decoders: as many lines as this at the most. */
const SMALL = { lines: 480, suffix: 'av1', crf: 44, cap: 0.4 } as const;
/** The CRF of x264's that these stand beside; a better ladder is followed by a better one. */
const USUAL_CRF = 22;

/**
 * The second ladder of an asset, cheapest rung first: few, since AV1 at the source's size undercuts what smaller pictures cost in
 * H.264. `cap` is a share of the H.264 rung's.
 */
export function av1Ladder({ rungs, settings }: Pick<Plan, 'rungs' | 'settings'>): Rung[] {
  const first = rungs.filter(({ codec }) => codec === 'h264');
  const top = first.at(-1);
  if (!top) return [];
  const small = first.findLast(
    ({ width, height }) => Math.min(width, height) <= SMALL.lines && height < top.height,
  );
  const made = (rung: Rung, { suffix, crf, cap }: { suffix: string; crf: number; cap: number }): Rung => ({
    ...rung,
    id: `v${String(rung.height).padStart(2, '0')}-${suffix}`,
    codec: 'av1',
    crf: Math.min(60, Math.max(20, Math.round(crf + 1.5 * (settings.crf - USUAL_CRF)))),
    ...capped(rung.maxrate * cap),
  });
  return [...(small ? [made(small, SMALL)] : []), ...own.map((how) => made(top, how))].sort(
    (a, b) => a.maxrate - b.maxrate,
  );
}
