import { fromLegacy } from './ass.ts';
import { cueText } from './cue-text.ts';
import type { Cue } from './vtt.ts';

const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[,.:](\d{1,3}))?`;
/** SubRip's own is `00:00:01,500 --> 00:00:02,000`; files in the wild leave out hours or milliseconds, or write dots. */
const TIMING = new RegExp(String.raw`^[ \t]*${TIME}[ \t]*-{1,2}>[ \t]*${TIME}(?:[ \t].*)?$`);

/** A timing line near the start. */
export const isSrt = (text: string): boolean =>
  text
    .slice(0, 8192)
    .split('\n')
    .some((line) => TIMING.test(line));

const allowed = new Set(['b', 'i', 'u', 'ruby', 'rt']);

/**
 * Cues of a SubRip file. No standard says what one is, so a cue is a line of times and all that follows up to the next one, less
 * the number before that: empty lines inside a cue, missing empty lines between two, missing and wrong numbers do no harm.
 */
export function parseSrt(text: string): Cue[] {
  const lines = text.replaceAll('\0', '\uFFFD').split(/\r\n?|\n/);
  const starts = lines.flatMap((line, i) => (TIMING.test(line) ? [i] : []));
  return starts.flatMap((at, i) => {
    const times = TIMING.exec(lines[at]!)!;
    const next = starts[i + 1];
    const body = lines.slice(at + 1, next ?? lines.length);
    if (next !== undefined) dropNumber(body, Number(lines[at - 1]));
    const { text, settings } = overrides(body.join('\n'));
    const cue = cueText(text, allowed);
    return cue === ''
      ? []
      : [{ start: seconds(times.slice(1, 5)), end: seconds(times.slice(5, 9)), settings, text: cue }];
  });
}

/** The next cue's number stands last: after an empty line, or one higher than this cue's. Any other number is what is said. */
function dropNumber(body: string[], own: number): void {
  const last = body.findLastIndex((line) => line.trim() !== '');
  if (!/^\s*\d+\s*$/.test(body[last] ?? '')) return;
  if (body[last - 1]?.trim() === '' || Number(body[last]) === own + 1) body.splice(last);
}

const OVERRIDE = /\{\\[^{}\n]*\}/g;
/** What players honour of ASS in SubRip: `{\an8}` and the older `{\a6}` for the place, `{\i1}`, `{\b1}` and `{\u1}` for letters. */
function overrides(text: string): { text: string; settings: string } {
  let place: number | null = null;
  const replaced = text.replaceAll(OVERRIDE, (block) => {
    const an = /\\an([1-9])/.exec(block);
    const a = /\\a(\d{1,2})/.exec(block);
    place ??= an ? Number(an[1]) : a ? fromLegacy(Number(a[1])) : null;
    return [...block.matchAll(/\\([ibu])([01])/g)]
      .map(([, tag, on]) => (on === '1' ? `<${tag}>` : `</${tag}>`))
      .join('');
  });
  return { text: replaced, settings: place === null ? '' : placeSettings(place) };
}

/** WebVTT settings of a place on the keypad (2: below, in the middle; 8: above), without margins. */
function placeSettings(place: number): string {
  const column = (place - 1) % 3;
  const line = place >= 7 ? 'line:0' : place >= 4 ? 'line:47%' : '';
  const side = column === 0 ? 'position:0% align:left' : column === 2 ? 'position:100% align:right' : '';
  return [line, side].filter(Boolean).join(' ');
}

const seconds = ([h, m, s, ms]: (string | undefined)[]): number =>
  Number(h ?? 0) * 3600 + Number(m) * 60 + Number(s) + Number((ms ?? '0').padEnd(3, '0')) / 1000;
