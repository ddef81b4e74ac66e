import type { Plan } from '../../../schema/jobs/plan.ts';
import { bitDepth } from './colour.ts';
import { pixelAspect, rotation, type VideoStream } from './film.ts';

const fieldOrder = { top: 'top field first', bottom: 'bottom field first', auto: 'in changing order' };
const rangeWords = { limited: 'of limited range', full: 'of full range' };

/** What is normalised, in words for the job log. A source that needs nothing gets no note. */
export function sourceNotes(
  stream: VideoStream,
  others: readonly VideoStream[],
  { fields, hdr, colour, width, height }: Plan['source'],
): string[] {
  const notes: string[] = [];
  if (others.length > 0)
    notes.push(
      `The source has ${others.length + 1} videos; stream ${stream.index} (${stream.width}×${stream.height}) was taken.`,
    );
  if (rotation(stream) !== 0)
    notes.push(`The source is rotated by ${Math.abs(rotation(stream))}°; it was turned upright.`);
  if (pixelAspect(stream) !== 1)
    notes.push(`The source has pixels of ${stream.sample_aspect_ratio}; they were made square.`);
  if (width % 2 || height % 2)
    notes.push(`The source is ${width}×${height}; renditions have even sizes, so it was scaled by a pixel.`);
  if (fields)
    notes.push(
      `The source is interlaced, ${fieldOrder[fields]}; its fields were joined to whole pictures, one for each frame.`,
    );
  if (hdr) notes.push(`The source is HDR (${hdr.toUpperCase()}); it was mapped to SDR.`);
  const tagged = stream.color_space in ofMatrix || stream.color_range === 'pc' || colour?.matrix === 'gbr';
  if (!hdr && colour && tagged)
    notes.push(
      `The source's colours are ${ofMatrix[colour.matrix]}, ${rangeWords[colour.range]}; they were converted to BT.709, of limited range.`,
    );
  const bits = bitDepth(stream);
  if (bits > 8) notes.push(`The source has ${bits} bits a sample; H.264 renditions have 8.`);
  return notes;
}

const ofMatrix: Readonly<Record<string, string>> = {
  bt709: 'BT.709',
  bt470bg: 'BT.601',
  smpte170m: 'BT.601',
  bt2020nc: 'BT.2020',
  gbr: 'RGB',
};
