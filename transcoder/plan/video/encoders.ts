import type { FrameRate, Rung } from '../../../schema/ladder.ts';
import { gopFrames } from '../grid.ts';
import { h264Level, referenceFrames } from './h264-level.ts';
import { options } from '../options.ts';

/** What a rung's encoder takes. */
export const pixelFormat = ({ codec }: Rung): 'yuv420p' | 'yuv420p10le' =>
  codec === 'av1' ? 'yuv420p10le' : 'yuv420p';

/**
 * Encoder options of one rung: capped CRF, closed GOPs, key frames on the grid and nowhere else, one thread.
 *
 * CRF and cap never show in the headers, so chunks of one rung join whatever was chosen for each (ADR 0026).
 * @param preset x264's
 * @param quick less patience: for the head of an episode, which somebody waits for, and for probe encodes
 */
export function encoder(
  rung: Rung,
  rate: FrameRate,
  { preset, quick = false }: { preset: string; quick?: boolean },
): string[] {
  const gop = gopFrames(rate);
  const own = rung.codec === 'av1' ? svtAv1(rung, preset) : x264(rung, rate, { preset, quick });
  return [
    ...own,
    ...options({ pix_fmt: pixelFormat(rung), crf: rung.crf, g: gop, 'flags:v': '+cgop+bitexact' }),
  ];
}

function x264(rung: Rung, rate: FrameRate, { preset, quick }: { preset: string; quick: boolean }): string[] {
  return options({
    'c:v': 'libx264',
    threads: 1,
    preset,
    tune: 'animation',
    'profile:v': 'high',
    level: h264Level(rung, rate),
    refs: referenceFrames(preset, rung, rate),
    // Or the CRF would stand in each picture parameter set as the usual quantiser.
    'x264-params': ['stitchable=1', ...(quick ? hasty(preset) : [])].join(':'),
    maxrate: rung.maxrate,
    bufsize: rung.bufsize,
    keyint_min: gopFrames(rate),
    sc_threshold: 0,
  });
}

/**
 * What takes x264's time and leaves no trace in the headers. Measured at preset `fast` on drawn film: 0.4 of its CPU time, within
 * 7 % of its bytes and 0.1 dB of its SSIM. From subme 6 on, x264's psychovisual rate distortion moves the chroma quantiser by two,
 * which the picture parameter set says; without it that is said here.
 */
function hasty(preset: string): string[] {
  if (preset === 'ultrafast' || preset === 'superfast') return [];
  const psychovisual = preset !== 'veryfast' && preset !== 'faster';
  const hasty = ['subme=1', 'me=dia', 'trellis=0', 'mixed-refs=0', 'b-adapt=1', 'rc-lookahead=10'];
  return psychovisual ? [...hasty, 'chroma-qp-offset=-2'] : hasty;
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
