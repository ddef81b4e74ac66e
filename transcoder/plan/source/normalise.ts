import type { Plan } from '../../../schema/jobs/plan.ts';

type Source = Pick<Plan['source'], 'fields' | 'hdr' | 'colour' | 'width' | 'height'>;
type Normalised = { source: Source };

const bt2020 = { matrix: 'bt2020nc', primaries: 'bt2020', range: 'limited' } as const;

/**
 * Filters for pictures as they are decoded, before `fps`: fields are told apart by their neighbours and by the pictures' own
 * times. One picture per picture, never one per field, so that frame counts hold (ADR 0024).
 *
 * `fieldmatch` puts the fields of one film frame back together: telecined film, and film that only travels as fields, keep all
 * their lines. What is still combed then was shot in fields, and `bwdif` interpolates it. `combpel` is lower than FFmpeg's: a
 * mouth that moves in a held drawing combs few pixels.
 */
export function fieldFilters({ source: { fields } }: Normalised): string[] {
  if (fields === null) return [];
  const [order, parity] = { top: ['tff', 'tff'], bottom: ['bff', 'bff'], auto: ['auto', 'auto'] }[fields];
  return [
    `fieldmatch=order=${order}:combmatch=full:combpel=20`,
    `bwdif=mode=send_frame:parity=${parity}:deint=interlaced`,
  ];
}

/**
 * Filters that make any picture SDR, BT.709, limited range, and say so: players guess what is not said, and guess differently
 * for small and large rungs. Each picture by itself: best after `fps` and `trim`, which leave out what is not encoded.
 */
export function colourFilters({ source }: Normalised): string[] {
  const { hdr, width, height } = source;
  const colour = source.colour ?? (hdr ? bt2020 : null);
  const said = 'setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
  if (!colour) return [said];
  const { matrix, primaries, range } = colour;
  // zimg takes no odd picture whose chroma is halved. The size as displayed is odd where either of the stored ones may be.
  const whole = width % 2 || height % 2 ? [`format=${hdr ? 'yuv444p10le' : 'yuv444p'}`] : [];
  const from = `matrixin=${matrix}:primariesin=${primaries}:rangein=${range}`;
  const to = 'transfer=bt709:matrix=bt709:range=limited:dither=error_diffusion';
  if (!hdr) return [...whole, `zscale=${from}:transferin=bt709:primaries=bt709:${to}`, said];
  const transfer = hdr === 'pq' ? 'smpte2084' : 'arib-std-b67';
  return [
    ...whole,
    // 100 cd/m² is the white of SDR (BT.2035). Mobius leaves what is darker than its knee as it is, and rolls off the rest:
    // flat colours stay what they were painted as.
    `zscale=${from}:transferin=${transfer}:transfer=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=primaries=bt709',
    'tonemap=tonemap=mobius:desat=0',
    `zscale=${to}`,
    'format=yuv420p10le',
    said,
  ];
}

/**
 * Everything that stands before scaling, for who reads a source without `fps`. Scaling itself makes pixels square:
 * `source.width` and `height` are the size as displayed.
 */
export const normaliseFilters = (plan: Normalised): string[] => [
  ...fieldFilters(plan),
  ...colourFilters(plan),
];
