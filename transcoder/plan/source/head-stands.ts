import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../../../schema/jobs/plan.ts';

/** Everything that the head's segments depend on but the rungs; CRF and cap may change from segment to segment. */
const ofHead = ({ frameRate, source, grid, chunks, settings }: Plan) => [
  frameRate,
  [source.videoStream, source.startTime, source.width, source.height],
  [source.fields, source.hdr, source.colour],
  [grid[0], chunks[0]],
  settings,
];

/** Whether the head that is being encoded by the quick look's plan is the head of the exact plan too. */
export const headStands = (quick: Plan, exact: Plan): boolean =>
  isDeepStrictEqual(ofHead(quick), ofHead(exact)) &&
  exact.rungs.every(({ id, codec, width, height }) =>
    quick.rungs.some(
      (rung) => rung.id === id && rung.codec === codec && rung.width === width && rung.height === height,
    ),
  );
