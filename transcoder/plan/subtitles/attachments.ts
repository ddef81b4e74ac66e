import type { Probed } from '../source/facts.ts';

/** Beyond these a source's attachments are not fonts of an episode but something to fill our disk with. */
const MOST_FONTS = 256;
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FONT_BYTES = 64 * 1024 * 1024;

const FONT_TYPE = /font|opentype|truetype|sfnt|octet-stream/i;
const FONT_NAME = /\.(?:ttf|otf|ttc|otc)$/i;

/** Streams that are attached fonts, by their declared type or their name, and a note for what is left out. */
export function attachedFonts({ streams }: Pick<Probed, 'streams'>): { indexes: number[]; notes: string[] } {
  const indexes: number[] = [];
  const notes: string[] = [];
  let bytes = 0;
  for (const { index, codec_type, codec_name, tags, extradata_size } of streams) {
    if (codec_type !== 'attachment') continue;
    const tag = (name: string) => Object.entries(tags).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
    if (!/^[ot]tf$/.test(codec_name) && !FONT_TYPE.test(tag('mimetype')) && !FONT_NAME.test(tag('filename')))
      continue;
    if (
      extradata_size > MOST_FONT_BYTES ||
      bytes + extradata_size > MOST_BYTES ||
      indexes.length >= MOST_FONTS
    )
      notes.push(
        `The attached font in stream ${index} (${extradata_size} bytes) is too much and was left out.`,
      );
    else {
      bytes += extradata_size;
      indexes.push(index);
    }
  }
  return { indexes, notes };
}
