import type { ImportReport, listFormats } from '../../../schema/api/library.ts';
import { answer, type Answer } from '../../api.ts';

export type ListFormat = (typeof listFormats)[number];
export const existingWays = ['newer', 'keep', 'replace'] as const;
export type Existing = (typeof existingWays)[number];

/** What the API reads of a list, unpacked. */
export const MAX_LIST_BYTES = 8 * 1024 * 1024;
const GZIP = [0x1f, 0x8b]; // RFC 1952 §2.3.1

export type Read = { text: string } | { refused: 'too-large' | 'not-unpacked' };

/** A list's file as text, unpacked where it is gzip: MyAnimeList gives it so. Never more than we may send in memory. */
export async function readList(file: Blob): Promise<Read> {
  if (file.size > MAX_LIST_BYTES) return { refused: 'too-large' };
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (!GZIP.every((byte, i) => head[i] === byte)) return { text: await file.text() };
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode() };
      bytes += value.byteLength;
      if (bytes > MAX_LIST_BYTES) {
        await reader.cancel();
        return { refused: 'too-large' };
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return { refused: 'not-unpacked' };
  }
}

/** Sends a list: only to see what would happen where `attempt`. The same list may be sent again: nothing is taken over twice. */
export function sendList(
  text: string,
  format: ListFormat,
  existing: Existing,
  attempt: boolean,
): Promise<Answer<ImportReport>> {
  const query = new URLSearchParams({ format, existing, ...(attempt ? { try: '1' } : {}) });
  return answer<ImportReport>(() =>
    fetch(`/api/me/import?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': format === 'mal' ? 'application/xml' : 'application/json' },
      body: text,
    }),
  );
}

/** What kind of list a file is, by its name; null: it does not say. */
export function formatOf(name: string): ListFormat | null {
  if (/\.xml(\.gz)?$/i.test(name)) return 'mal';
  if (/engawa.*\.json$/i.test(name)) return 'engawa';
  if (/\.json$/i.test(name)) return 'anilist';
  return null;
}
