import { segmentRates } from '../../../schema/hls.ts';
import type { Segment } from '../../../schema/package.ts';

/** Bit/s of a rendition, whole numbers: the average, and the peak as RFC 8216bis §4.4.6.2 has it. */
export function bitrates(segments: readonly Segment[]): { bandwidth: number; averageBandwidth: number } {
  const { peak, average } = segmentRates(segments);
  return { bandwidth: Math.ceil(peak), averageBandwidth: Math.ceil(average) };
}
