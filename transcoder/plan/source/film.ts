import type { Probed } from './facts.ts';

export type VideoStream = Probed['streams'][number];

/** Codecs of pictures: a stream of one of them with one picture is a cover, whatever its container calls it. */
const pictureCodecs = new Set(['mjpeg', 'png', 'bmp', 'gif', 'webp', 'tiff']);

const isCover = (stream: VideoStream, pictures: number): boolean =>
  stream.disposition['attached_pic'] === 1 ||
  stream.disposition['timed_thumbnails'] === 1 ||
  (pictureCodecs.has(stream.codec_name) && pictures <= 1);

/**
 * The film among the video streams: one that moves, then the default one, then the largest; the first of equals.
 * @param pictures how many packets each stream has at the start of the file
 */
export function filmStream(
  { streams }: Probed,
  pictures: ReadonlyMap<number, number>,
): { film: VideoStream | undefined; others: VideoStream[] } {
  const count = ({ index }: VideoStream) => pictures.get(index) ?? 0;
  const films = streams.filter((stream) => stream.codec_type === 'video' && !isCover(stream, count(stream)));
  const rank = (stream: VideoStream) => [
    count(stream) > 1 ? 1 : 0,
    stream.disposition['default'] ?? 0,
    stream.width * stream.height,
  ];
  const [film, ...others] = films.toSorted((a, b) => {
    const [ofA, ofB] = [rank(a), rank(b)];
    return ofA.map((value, i) => ofB[i]! - value).find((difference) => difference !== 0) ?? 0;
  });
  return { film, others };
}

/** Pixels wider or narrower than this are a mistake of the header, not a film. */
const MOST_ASPECT = 4;

/** Size as displayed: square pixels, upright. */
export function displaySize(stream: VideoStream): { width: number; height: number } {
  // Lines are what a ladder counts, so it is the width that makes pixels square.
  const width = Math.max(2, Math.round(stream.width * pixelAspect(stream)));
  const turned = Math.abs(rotation(stream) % 180) === 90;
  return turned ? { width: stream.height, height: width } : { width, height: stream.height };
}

export function pixelAspect({ sample_aspect_ratio }: VideoStream): number {
  const [num, den] = sample_aspect_ratio.split(':').map(Number);
  const aspect = num && den ? num / den : 1;
  return aspect <= MOST_ASPECT && aspect >= 1 / MOST_ASPECT ? aspect : 1;
}

/** Degrees, as a display matrix says it: FFmpeg turns decoded pictures by it. */
export const rotation = ({ side_data_list }: VideoStream): number =>
  side_data_list.find((data) => data.rotation)?.rotation ?? 0;

/**
 * What cannot be shown right by any means here, in words; null: it can.
 * Dolby Vision's profile 5 has no picture in a standard colour space beneath it.
 */
export function unusable({ width, height, side_data_list }: VideoStream): string | null {
  if (width === 0 || height === 0) return 'No size could be found for its pictures. Check that it plays.';
  if (side_data_list.some(({ dv_profile }) => dv_profile === 5))
    return 'It is Dolby Vision of profile 5, whose colours only a licensed decoder knows. Export it as HDR10, HLG or SDR.';
  return null;
}
