import { readInit } from '../plan/codec.ts';
import type { Cut } from '../plan/cut.ts';
import type { Seal } from '../plan/encryption.ts';
import { IMMUTABLE, type Draft } from './write.ts';

const initKey = (rendition: string, again: string): string => `${rendition}/init${again}.mp4`;
export const segmentKey = (rendition: string, index: number | string, extension: 'm4s' | 'vtt'): string =>
  `${rendition}/${index}.${extension}`;

/**
 * The objects of a cut: the clear init segment, and each segment as `seal` stores it.
 * @param headAgain the first segment and the init were made before, as something else (schema/jobs/plan.ts)
 */
export function mediaDrafts(
  rendition: string,
  { init, segments }: Cut,
  { seal, type, headAgain = false }: { seal: Seal; type: string; headAgain?: boolean },
): Draft[] {
  const { codec, timescale } = readInit(init);
  const again = headAgain ? '-2' : '';
  return [
    {
      key: initKey(rendition, again),
      content: init,
      type,
      cache: IMMUTABLE,
      init: { rendition, codec, timescale },
    },
    ...segments.map(({ bytes, duration, ...segment }) => ({
      key: segmentKey(rendition, segment.index === 0 ? `0${again}` : segment.index, 'm4s'),
      content: seal(bytes, segment.period, segment.index),
      type,
      cache: IMMUTABLE,
      segment: { rendition, ...segment, duration: duration / timescale },
    })),
  ];
}
