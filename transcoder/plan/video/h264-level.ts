import type { FrameRate } from '../../../schema/ladder.ts';
import type { presets } from '../../../schema/jobs/settings.ts';

type Size = { width: number; height: number };

/** ITU-T H.264 table A-1: macroblocks a second, in a picture, and in the buffer of decoded pictures. */
const levels = [
  { level: '3.0', perSecond: 40_500, perFrame: 1_620, buffer: 8_100 },
  { level: '3.1', perSecond: 108_000, perFrame: 3_600, buffer: 18_000 },
  { level: '3.2', perSecond: 216_000, perFrame: 5_120, buffer: 20_480 },
  { level: '4.0', perSecond: 245_760, perFrame: 8_192, buffer: 32_768 },
  { level: '4.2', perSecond: 522_240, perFrame: 8_704, buffer: 34_816 },
  { level: '5.0', perSecond: 589_824, perFrame: 22_080, buffer: 110_400 },
  { level: '5.1', perSecond: 983_040, perFrame: 36_864, buffer: 184_320 },
  { level: '5.2', perSecond: 2_073_600, perFrame: 36_864, buffer: 184_320 },
  { level: '6.0', perSecond: 4_177_920, perFrame: 139_264, buffer: 696_320 },
  { level: '6.2', perSecond: 16_711_680, perFrame: 139_264, buffer: 696_320 },
] as const;

const macroblocks = (pixels: number): number => Math.ceil(pixels / 16);

/**
 * The lowest level, from 3.0 which every device decodes, that holds pictures of this size at this rate. By size and rate alone,
 * not by what an encode happens to need: then all chunks of a rung name the same one, whatever their CRF and cap. The caps of the
 * ladder lie far below what any of these levels allows (§A.3.3).
 */
export function h264Level({ width, height }: Size, [num, den]: FrameRate): string {
  return levelOf({ width, height }, num / den).level;
}

function levelOf({ width, height }: Size, rate: number): (typeof levels)[number] {
  const across = macroblocks(width);
  const down = macroblocks(height);
  const fits = levels.find(
    ({ perSecond, perFrame }) =>
      across * down <= perFrame &&
      Math.max(across, down) ** 2 <= 8 * perFrame &&
      across * down * rate <= perSecond,
  );
  return fits ?? levels.at(-1)!;
}

/** Reference frames of x264's presets (`x264 --fullhelp`); the tune for animation doubles those above one. */
const references: Record<(typeof presets)[number] | 'placebo', number> = {
  ultrafast: 1,
  superfast: 1,
  veryfast: 1,
  faster: 2,
  fast: 2,
  medium: 3,
  slow: 5,
  slower: 8,
  veryslow: 16,
  placebo: 16,
};

/** As many as preset and tune want, and the level's decoders can keep. */
export function referenceFrames(preset: string, size: Size, [num, den]: FrameRate): number {
  const wanted = Object.entries(references).find(([name]) => name === preset)?.[1] ?? 2;
  const { buffer } = levelOf(size, num / den);
  const room = Math.floor(buffer / (macroblocks(size.width) * macroblocks(size.height)));
  return Math.max(1, Math.min(wanted > 1 ? 2 * wanted : 1, room, 16));
}
