import { Problem } from './problem.ts';

/** Enough for any form; far below the 128 MB that a Worker has for everything. */
export const MAX_JSON_BYTES = 1024 * 1024;

/**
 * A request's body, never more than `max` bytes of it in memory, whatever Content-Length says.
 * @throws Problem `too-large`
 */
export async function readBody({ headers, body }: Request, max: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new Problem('too-large', `At most ${max} bytes are taken here.`);
  if (Number(headers.get('content-length') ?? 0) > max) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > max) throw tooLarge(); // leaving the loop cancels the stream
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/**
 * A request's JSON body.
 * @throws Problem `unsupported-media` without a JSON content type, `too-large`, `invalid-request` for what is not JSON
 */
export async function readJson(request: Request, max: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type))
    throw new Problem('unsupported-media', 'Send the body as application/json.');
  const bytes = await readBody(request, max);
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)); // JSON is UTF-8 (RFC 8259 §8.1)
  } catch {
    throw new Problem('invalid-request', 'The body is not well-formed JSON in UTF-8.');
  }
}

const SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * JSON that somebody sent. It may write down half of a character, as `"\ud83d"` (RFC 8259 §8.2): that is refused as RFC 7493 §2.1 has it,
 * since SQLite would keep bytes that are no UTF-8, which never compare equal to what was sent.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (SURROGATE.test(text) && !isWellFormed(value)) throw new SyntaxError('Half of a character in a text.');
  return value;
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => name.isWellFormed() && isWellFormed(inner));
}
