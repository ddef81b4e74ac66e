import type { FrameRate, Rung } from '../../../schema/ladder.ts';
import { h264Level, referenceFrames } from './h264-level.ts';
import { options } from '../options.ts';

/** What a rung's encoder takes. */
export const pixelFormat = ({ codec }: Rung): 'yuv420p' | 'yuv420p10le' =>
  codec === 'av1' ? 'yuv420p10le' : 'yuv420p';

/**
 * Encoder options of one rung: capped CRF, closed GOPs, key frames at an even stride and nowhere else, one thread.
 *
 * CRF and cap never show in the headers, so chunks of one rung join whatever was chosen for each (ADR 0026).
 * @param preset x264's
 * @param group frames from one key frame to the next (plan/video/groups.ts)
 * @param quick less patience: for the head of an episode, which somebody waits for, and for probe encodes
 */
export function encoder(
  rung: Rung,
  rate: FrameRate,
  { preset, group, quick = false }: { preset: string; group: number; quick?: boolean },
): string[] {
  const own = rung.codec === 'av1' ? svtAv1(rung, preset) : x264(rung, rate, { preset, group, quick });
  return [
    ...own,
    ...options({ pix_fmt: pixelFormat(rung), crf: rung.crf, g: group, 'flags:v': '+cgop+bitexact' }),
  ];
}

function x264(
  rung: Rung,
  rate: FrameRate,
  { preset, group, quick }: { preset: string; group: number; quick: boolean },
): string[] {
  return options({
    'c:v': 'libx264',
    threads: 1,
    preset,
    tune: 'animation',
    'profile:v': 'high',
    level: h264Level(rung, rate),
    refs: referenceFrames(preset, rung, rate),
    'x264-params': [...always, ...(quick ? hasty(preset) : [])].join(':'),
    maxrate: rung.maxrate,
    bufsize: rung.bufsize,
    keyint_min: group,
    sc_threshold: 0,
  });
}

const always = [
  // Measured while it encodes, for one part in fifty of its time; leaves no trace in the stream.
  'ssim=1',
  // Or the CRF would stand in each picture parameter set as the usual quantiser.
  'stitchable=1',
  // Psychovisual rate distortion spends bits on the look of texture, of which flat fills have none (ADR 0040). It would also move the
  // chroma quantiser, which the picture parameter set says, where subme is 6 or more.
  'psy-rd=0,0',
] as const;

/**
 * What takes x264's time and leaves no trace in the headers. Measured at preset `fast` on drawn film: 0.4 of its CPU time, within
 * 7 % of its bytes and 0.1 dB of its SSIM.
 */
function hasty(preset: string): string[] {
  if (preset === 'ultrafast' || preset === 'superfast') return [];
  return ['subme=1', 'me=dia', 'trellis=0', 'mixed-refs=0', 'b-adapt=1', 'rc-lookahead=10'];
}

/** SVT-AV1's presets (0 to 13) that take about the patience of x264's. */
const av1Presets: Readonly<Record<string, number>> = {
  ultrafast: 12,
  superfast: 11,
  veryfast: 9,
  slow: 6,
  slower: 5,
  veryslow: 4,
};
const AV1_PRESET = 8;

function svtAv1(rung: Rung, preset: string): string[] {
  const params = {
    lp: 1, // logical processors
    scd: 0,
    'irefresh-type': 2, // closed GOPs
    mbr: Math.round(rung.maxrate / 1000), // the cap, kbit/s
  };
  return options({
    'c:v': 'libsvtav1',
    preset: av1Presets[preset] ?? AV1_PRESET,
    'svtav1-params': Object.entries(params)
      .map(([name, value]) => `${name}=${value}`)
      .join(':'),
  });
}
