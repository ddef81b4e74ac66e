import { analyse } from 'chardet';

/** Text of a file. `encoding`: WHATWG label; `sure`: false where its characters are a guess that somebody should look at. */
export type DecodedText = { text: string; encoding: string; sure: boolean };

/** Below these, chardet's answer is a guess: its confidence, its lead over the next one, and bytes outside of ASCII to go by. */
const CONFIDENT = 25;
const LEAD = 10;
const EVIDENCE = 10;

/**
 * Reads text of an unknown encoding. A byte order mark or valid UTF-8 is proof (other encodings hardly ever are valid UTF-8 by
 * accident); anything else is told by the statistics of its non-ASCII lines, among the encodings that can decode the whole file.
 * Null: not text.
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const [b0, b1, b2] = bytes;
  if (b0 === 0xef && b1 === 0xbb && b2 === 0xbf) return proven(bytes, 'utf-8');
  if (b0 === 0xff && b1 === 0xfe) return proven(bytes, 'utf-16le');
  if (b0 === 0xfe && b1 === 0xff) return proven(bytes, 'utf-16be');
  const wide = utf16Order(bytes);
  if (wide) return proven(bytes, wide);
  if (bytes.includes(0)) return null;
  return proven(bytes, 'utf-8') ?? guessed(bytes);
}

function proven(bytes: Uint8Array, encoding: string): DecodedText | null {
  const text = decode(bytes, encoding);
  return text === null ? null : { text, encoding, sure: true };
}

/** Without a mark: digits, blanks and line ends of any subtitle file have a zero byte on one side. */
function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const head = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2]!++;
  const [even, odd] = [zeros[0]! / head.length, zeros[1]! / head.length];
  if (odd > 0.1 && even < 0.01) return 'utf-16le';
  return even > 0.1 && odd < 0.01 ? 'utf-16be' : null;
}

function guessed(bytes: Uint8Array): DecodedText | null {
  const sample = telling(bytes);
  const script = byScript(sample);
  const scripted = script && proven(bytes, script);
  if (scripted) return scripted;
  const [best, ...others] = analyse(sample).flatMap(({ name, confidence }) => {
    const text = decode(bytes, name);
    return text === null ? [] : [{ text, confidence, encoding: new TextDecoder(name).encoding }];
  });
  if (best && best.confidence > 0) {
    const next = others.find(({ text }) => text !== best.text)?.confidence ?? 0;
    const told = sample.filter((byte) => byte >= 0x80).length >= EVIDENCE;
    const sure = told && best.confidence >= CONFIDENT && best.confidence - next >= LEAD;
    return { text: best.text, encoding: best.encoding, sure };
  }
  const western = decode(bytes, 'windows-1252');
  return western === null ? null : { text: western, encoding: 'windows-1252', sure: false };
}

/**
 * Letters that no other encoding's text turns into by accident, so that one line is enough: kana (which Chinese has none of), and
 * Hangul alone (Chinese read as Korean is half Hangul, half Chinese).
 */
const scripts = [
  { encoding: 'shift_jis', letters: /[ぁ-ゖァ-ヺー]/g, share: 0.2 },
  { encoding: 'euc-jp', letters: /[ぁ-ゖァ-ヺー]/g, share: 0.2 },
  { encoding: 'euc-kr', letters: /[가-힣]/g, share: 0.9 },
];
function byScript(sample: Uint8Array): string | null {
  for (const { encoding, letters, share } of scripts) {
    const text = decode(sample, encoding);
    const found = text?.match(letters)?.length ?? 0;
    const all = text?.match(/[^\0-\x7F\u3000-\u3002\uFF00-\uFF5E]/g)?.length ?? 0;
    if (found >= 4 && found / all >= share) return encoding;
  }
  return null;
}

/** The lines that say something: ASCII, of which subtitle files are full, is the same in every encoding and dilutes the statistics. */
function telling(bytes: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = [];
  let size = 0;
  for (let from = 0; from < bytes.length && size < 65_536;) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end + 1;
    const line = bytes.subarray(from, to);
    from = to;
    if (!line.some((byte) => byte >= 0x80)) continue;
    const words = Buffer.from(line).toString('latin1').replace(MARKUP, '');
    lines.push(Buffer.from(words, 'latin1'));
    size += words.length;
  }
  return Buffer.concat(lines);
}

/** Tags, override blocks, and what stands before the ninth comma of an event of ASS. */
const MARKUP = /^Dialogue:(?:[^,]*,){9}|<[^<>]*>|\{\\[^{}]*\}/g;

/** Null where the encoding has no character for some byte, or only a control: then it is another one. */
function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return CONTROLS.test(text) ? null : text;
  } catch {
    return null; // not valid, or an encoding that the platform does not know
  }
}

/** Never in text: C0 but tab, line ends and form feed; C1; noncharacters. */
const CONTROLS = /[^\P{Cc}\t\n\v\f\r]|[\uFFFE\uFFFF]/u;
