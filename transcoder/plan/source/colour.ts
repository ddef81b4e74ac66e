import type { Plan, SourceColour } from '../../../schema/jobs/plan.ts';
import type { VideoStream } from './film.ts';

const transfers: Readonly<Record<string, 'pq' | 'hlg'>> = { smpte2084: 'pq', 'arib-std-b67': 'hlg' };
export const hdrOf = (stream: VideoStream): Plan['source']['hdr'] => transfers[stream.color_transfer] ?? null;

const matrices: Readonly<Record<string, SourceColour['matrix']>> = {
  bt709: 'bt709',
  bt470bg: 'bt470bg',
  smpte170m: 'smpte170m',
  fcc: 'smpte170m', // differs in the third digit
  bt2020nc: 'bt2020nc',
  bt2020c: 'bt2020nc',
  gbr: 'gbr',
};
const primaries: Readonly<Record<string, SourceColour['primaries']>> = {
  bt709: 'bt709',
  bt470bg: 'bt470bg',
  smpte170m: 'smpte170m',
  smpte240m: 'smpte170m',
  bt2020: 'bt2020',
  smpte432: 'smpte432',
};

/** Untagged pictures of this size and below are BT.601 to players (Chromium, mpv). */
const SD = { width: 1024, height: 576 };

/** What its numbers mean as colours; undefined: BT.709 of limited range, as all renditions are. */
export function colourOf(stream: VideoStream): SourceColour | undefined {
  const { width, height, pix_fmt, color_space, color_primaries, color_range } = stream;
  const rgb = /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8|x2rgb|x2bgr)/.test(pix_fmt);
  const wide = hdrOf(stream) !== null || color_primaries === 'bt2020';
  const small = width <= SD.width && height <= SD.height;
  const untagged = wide ? 'bt2020nc' : small ? 'smpte170m' : 'bt709';
  const colour: SourceColour = {
    matrix: rgb ? 'gbr' : (matrices[color_space] ?? untagged),
    primaries: primaries[color_primaries] ?? (wide ? 'bt2020' : 'bt709'),
    range: rgb || color_range === 'pc' || pix_fmt.startsWith('yuvj') ? 'full' : 'limited',
  };
  const plain = colour.matrix === 'bt709' && colour.primaries === 'bt709' && colour.range === 'limited';
  return plain ? undefined : colour;
}

/** Bits of a sample. */
export const bitDepth = ({ pix_fmt }: VideoStream): number =>
  Number(/(?:p|gray|gbrap?|p0)(9|1[0246])(?:le|be)?$/.exec(pix_fmt)?.[1] ?? 8);
