import { isAss } from './ass.ts';
import { isSrt } from './srt.ts';
import { decodeText, type DecodedText } from './text-encoding.ts';
import { isVtt } from './vtt.ts';

/** Larger is no text of an episode; a side-car is read whole, into memory. */
export const MAX_SIDECAR_BYTES = 16 * 1024 * 1024;

/** A side-car file: its format, by the name FFmpeg has for it in containers, and its text. */
export type Sidecar = DecodedText & { codec: 'subrip' | 'webvtt' | 'ass' };

/** What a file of subtitles is, by its contents whatever its name. Null: not a text format that we read. */
export function sniffSubtitles(bytes: Uint8Array): Sidecar | null {
  if (bytes.length === 0 || bytes.length > MAX_SIDECAR_BYTES) return null;
  const decoded = decodeText(bytes);
  if (!decoded) return null;
  const text = decoded.text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const codec = isVtt(text) ? 'webvtt' : isAss(text) ? 'ass' : isSrt(text) ? 'subrip' : null;
  return codec && { ...decoded, text, codec };
}
