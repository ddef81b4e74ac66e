import { readFile } from 'node:fs/promises';
import { rgbaToThumbHash } from 'thumbhash';
import type { Still } from '../../schema/media-facts.ts';
import { blends, shrink, type Look, type Pixels } from '../plan/pictures/look.ts';
import { durationOf, lookSize, readTimes, type Size } from '../plan/pictures/looks-args.ts';
import { chosen, nextQuality, startQuality, type ImageType, type Tried } from '../plan/pictures/quality.ts';
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
import type { Studio } from './pictures-studio.ts';

/** Containers that seek badly land after the place asked for; then reading starts earlier, at last at the start. */
const preRolls = [0, 20, null] as const;

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
  const qualities = new Map<string, number>();
  while (stills.length < wanted && refused.size < 3 * wanted) {
    const look = nextStill(looks, taken, { duration, refused });
    if (!look) break;
    const close = await extract(studio, look.time);
    const [first, last] = [close[0], close.at(-1)];
    if (!first || !last || blends(first, close[Math.floor((close.length - 1) / 2)]!, last)) {
      refused.add(look.time);
      continue;
    }
    const sizes = await encode(studio, stills.length, types, qualities);
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
  const tolerance = plan.frameRate[1] / plan.frameRate[0] / 2;
  for (const preRoll of preRolls) {
    await studio.ffmpeg(extractCommand(plan, time, { url, preRoll }));
    const [found] = readTimes(await readFile(studio.path(CLOSE_TIMES), 'utf8'));
    if (found === undefined || Math.abs(found - time) > tolerance) continue;
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
 * compared by another, round by round. The next still begins where this one ended.
 */
async function encode(
  studio: Studio,
  number: number,
  types: ReadonlySet<ImageType>,
  qualities: Map<string, number>,
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
  const nameOf = ({ size, type }: Pick<Search, 'size' | 'type'>) => `${type} ${size.width}`;
  for (;;) {
    const round = searches.flatMap((search) => {
      const { size, type, tried, file } = search;
      const quality = nextQuality(
        type,
        tried,
        qualities.get(nameOf(search)) ?? startQuality(type, size.width),
      );
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
  for (const search of searches) {
    const best = chosen(search.type, search.tried);
    if (best) qualities.set(nameOf(search), best.quality);
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
