import { rgbaToThumbHash } from 'thumbhash';
import type { Still } from '../../schema/media-facts.ts';
import { blends, shrink, type Look, type Pixels } from '../plan/pictures/look.ts';
import { durationOf, lookSize, type Size } from '../plan/pictures/looks-args.ts';
import {
  chosen,
  nextQuality,
  PROBE_QUALITY,
  startQuality,
  type ImageType,
  type Tried,
} from '../plan/pictures/quality.ts';
import {
  CLOSE_FILE,
  CLOSE_TIMES,
  compareCommand,
  encodeCommand,
  extensions,
  extractCommand,
  pixelsFile,
  readSimilarities,
  stillSizes,
  type Try,
} from '../plan/pictures/still-args.ts';
import { nextStill, stillCount } from '../plan/pictures/stills.ts';
import { preRolls, type Studio } from './pictures-studio.ts';

/** The best pictures of the film, each in all sizes and formats. Those that turn out to be fading are passed over. */
export async function makeStills(
  studio: Studio,
  looks: readonly Look[],
  types: ReadonlySet<ImageType>,
  report: (share: number) => void,
): Promise<Still[]> {
  const duration = durationOf(studio.run.spec.plan);
  const wanted = stillCount(duration);
  const stills: Still[] = [];
  const taken: Look[] = [];
  const refused = new Set<number>();
  while (stills.length < wanted && refused.size < 3 * wanted) {
    const look = nextStill(looks, taken, { duration, refused });
    if (!look) break;
    const close = await extract(studio, look.time);
    const [first, last] = [close[0], close.at(-1)];
    if (!first || !last || blends(first, close[Math.floor((close.length - 1) / 2)]!, last)) {
      refused.add(look.time);
      continue;
    }
    const sizes = await encode(studio, stills.length, types);
    stills.push({ time: look.time, thumbhash: thumbhash(first), sizes });
    taken.push(look);
    report(stills.length / wanted);
  }
  return stills;
}

/** Unpacks the picture at `time` in all sizes into the scratch folder; small ones of the half second from it on. */
async function extract(studio: Studio, time: number): Promise<Pixels[]> {
  const { plan } = studio.run.spec;
  const { url } = studio;
  const size = lookSize(plan);
  for (const preRoll of preRolls) {
    await studio.ffmpeg(extractCommand(plan, time, { url, preRoll }));
    if (!(await studio.begins(CLOSE_TIMES, time))) continue;
    const rgb = await studio.take(CLOSE_FILE);
    const length = size.width * size.height * 3;
    return Array.from({ length: Math.floor(rgb.length / length) }, (_, i) => ({
      ...size,
      rgb: rgb.subarray(i * length, (i + 1) * length),
    }));
  }
  return [];
}

type Search = { size: Size; type: ImageType; tried: Tried[]; file: string };

/**
 * Every size in every format at the smallest that keeps to the target: all that are still searched are encoded by one process and
 * compared by another, round by round. JPEGs are first, alone: by them the others know where to begin.
 */
async function encode(
  studio: Studio,
  number: number,
  types: ReadonlySet<ImageType>,
): Promise<Still['sizes']> {
  const sizes = stillSizes(studio.run.spec.plan);
  const searches: Search[] = sizes.flatMap((size) =>
    [...types].map((type) => ({
      size,
      type,
      tried: [],
      file: `still-${number}-${size.width}.${extensions[type]}`,
    })),
  );
  const contents = new Map<string, Buffer>();
  for (;;) {
    const round = searches.flatMap((search) => {
      const { size, type, tried, file } = search;
      const probe = searches.find((other) => other.size === size && other.type === 'image/jpeg')?.tried[0];
      if (type !== 'image/jpeg' && !probe) return [];
      const quality = nextQuality(type, tried, probe ? startQuality(type, probe.ssim) : PROBE_QUALITY);
      const one: Try = { pixels: pixelsFile(size), size, type, quality: quality ?? 0, target: file };
      return quality === null ? [] : [{ search, one }];
    });
    if (round.length === 0) break;
    const tries = round.map(({ one }) => one);
    await studio.ffmpeg(encodeCommand(tries));
    const similarities = readSimilarities(await studio.ffmpeg(compareCommand(tries)), tries.length);
    for (const [i, { search, one }] of round.entries()) {
      search.tried.push({ quality: one.quality, ssim: similarities[i]! });
      const content = await studio.take(one.target);
      if (chosen(search.type, search.tried)?.quality === one.quality) contents.set(search.file, content);
    }
  }
  return sizes.map((size) => ({
    ...size,
    files: searches
      .filter((search) => search.size === size)
      .map(({ type, file }) => ({ ...studio.add(file, contents.get(file)!, type), type }))
      .sort((a, b) => a.bytes - b.bytes),
  }));
}

/** ThumbHash takes pictures of 100 pixels a side at most, with alpha. */
function thumbhash(pixels: Pixels): string {
  const { width, height, rgb } = shrink(pixels, 4);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString('base64');
}
