import { readInit } from '../plan/codec.ts';
import type { Cut } from '../plan/cut.ts';
import type { Seal } from '../plan/encryption.ts';
import { IMMUTABLE, type Draft } from './write.ts';

export const initKey = (rendition: string): string => `${rendition}/init.mp4`;
export const segmentKey = (rendition: string, index: number, extension: 'm4s' | 'vtt'): string =>
  `${rendition}/${index}.${extension}`;

/** The objects of a cut: the clear init segment, and each segment as `seal` stores it. */
export function mediaDrafts(rendition: string, { init, segments }: Cut, seal: Seal, type: string): Draft[] {
  const { codec, timescale } = readInit(init);
  return [
    {
      key: initKey(rendition),
      content: init,
      type,
      cache: IMMUTABLE,
      init: { rendition, codec, timescale },
    },
    ...segments.map(({ bytes, duration, ...segment }) => ({
      key: segmentKey(rendition, segment.index, 'm4s'),
      content: seal(bytes, segment.period, segment.index),
      type,
      cache: IMMUTABLE,
      segment: { rendition, ...segment, duration: duration / timescale },
    })),
  ];
}
