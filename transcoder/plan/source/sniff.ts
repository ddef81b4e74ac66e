/**
 * What a file is by its first bytes, before FFmpeg sees it. Playlists, manifests and scripts name other files to read: they are
 * refused here by name, and once more by FFmpeg's own allow-list of formats (ADR 0014).
 */
export type Sniffed = { kind: 'script' | 'audio' | 'picture'; what: string } | { kind: 'maybe-video' };

const scripts: readonly [RegExp, string][] = [
  [/^#EXTM3U/, 'an HLS playlist'],
  [/^ffconcat version|^\s*file\s+['"]?\S+/, 'an FFmpeg concat script'],
  [/^\s*<(\?xml[^>]*>\s*<)?(!--.*?--\s*>\s*<)?MPD\b/s, 'a DASH manifest'],
  [/^\s*<(\?xml[^>]*>\s*<)?SmoothStreamingMedia/s, 'a Smooth Streaming manifest'],
  [/^v=0\r?\n/, 'an SDP session'],
  [/^\[(playlist|Reference)\]/i, 'a playlist'],
  [/^\s*<asx/i, 'an ASX playlist'],
  [/^\s*<(\?xml|!doctype|html|svg|smil)/i, 'a text document'],
  [/^#!|^%PDF-|^PK/, 'a document or an archive'],
];
const signatures: readonly [RegExp, Sniffed][] = [
  [/^ID3|^\xff[\xf2\xf3\xfa\xfb]/, { kind: 'audio', what: 'an MP3 file' }],
  [/^fLaC/, { kind: 'audio', what: 'a FLAC file' }],
  [/^RIFF....WAVE/s, { kind: 'audio', what: 'a WAVE file' }],
  [/^\xff[\xf0\xf1\xf8\xf9]/, { kind: 'audio', what: 'an AAC file' }],
  [/^\x89PNG\r\n/, { kind: 'picture', what: 'a PNG picture' }],
  [/^\xff\xd8\xff/, { kind: 'picture', what: 'a JPEG picture' }],
  [/^GIF8/, { kind: 'picture', what: 'a GIF picture' }],
  [/^RIFF....WEBP/s, { kind: 'picture', what: 'a WebP picture' }],
];

/** How many bytes `sniff` wants to see. */
export const SNIFF_BYTES = 4096;

export function sniff(head: Uint8Array): Sniffed {
  const text = Buffer.from(head)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  for (const [pattern, what] of scripts) if (pattern.test(text)) return { kind: 'script', what };
  for (const [pattern, sniffed] of signatures) if (pattern.test(text)) return sniffed;
  return { kind: 'maybe-video' };
}
