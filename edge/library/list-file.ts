import { NoList, type ReadList } from './lists/listed.ts';
import { readAniList } from './lists/anilist.ts';
import { readMal } from './lists/mal.ts';
import { readOwn } from './lists/own.ts';
import type { ListFormat } from '../../schema/api/library.ts';
import { parseJson, readBody } from '../http/body.ts';
import { Problem } from '../http/problem.ts';

/** Ten thousand rows as MyAnimeList writes them are 9 MB. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads the list in a request's body; what is packed with gzip, as MyAnimeList hands its export out, is unpacked, never more than may be
 * sent plainly.
 * @throws Problem `too-large`, `invalid-request` saying what is wrong with it
 */
export async function listIn(request: Request, format: ListFormat): Promise<ReadList> {
  const text = textOf(await unpacked(await readBody(request, MAX_BYTES)));
  try {
    if (format === 'mal') return readMal(text);
    return (format === 'anilist' ? readAniList : readOwn)(jsonOf(text));
  } catch (error) {
    if (error instanceof NoList) throw new Problem('invalid-request', error.message);
    throw error;
  }
}

async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes; // RFC 1952 §2.3.1
  const body = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return await readBody(new Request('https://engawa.invalid', { method: 'POST', body }), MAX_BYTES);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      'invalid-request',
      'The file is packed with gzip, and does not unpack. Download it again.',
    );
  }
}

/** XML of another encoding would say so; what MyAnimeList writes, and all JSON, is UTF-8. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new Problem('invalid-request', 'The file is not text in UTF-8.');
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new NoList('The file is not well-formed JSON.');
  }
}
