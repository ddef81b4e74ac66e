import { targetDuration } from '../../schema/hls.ts';
import type { Segment } from '../../schema/package.ts';

/**
 * Bit/s of a rendition: the average, and the peak as RFC 8216bis §4.4.6.2 has it, the largest of any run of segments that lasts
 * between half and one and a half target durations. A rendition too short for such a run is its own peak.
 */
export function bitrates(segments: readonly Segment[]): { bandwidth: number; averageBandwidth: number } {
  const target = targetDuration(segments);
  const rate = (bytes: number, seconds: number) => Math.ceil((bytes * 8) / seconds);
  let bandwidth = 0;
  for (let from = 0; from < segments.length; from++) {
    let bytes = 0;
    let seconds = 0;
    for (const segment of segments.slice(from)) {
      bytes += segment.bytes;
      seconds += segment.duration;
      if (seconds > target * 1.5) break;
      if (seconds >= target * 0.5) bandwidth = Math.max(bandwidth, rate(bytes, seconds));
    }
  }
  const total = (key: 'bytes' | 'duration') => segments.reduce((sum, segment) => sum + segment[key], 0);
  const averageBandwidth = rate(total('bytes'), total('duration'));
  return { bandwidth: Math.max(bandwidth, averageBandwidth), averageBandwidth };
}
