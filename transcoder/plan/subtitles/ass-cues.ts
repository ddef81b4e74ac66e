import { sungLines, type Syllable } from './ass-karaoke.ts';
import { literal, withoutEmptyLines } from './cue-text.ts';
import { readText, type AssLine, type AssRun } from './ass-text.ts';
import type { AssEvent, AssScript } from './ass.ts';
import type { Cue } from './vtt.ts';

/** Height of a line and widths of letters as players show them by default, in per cent of the picture. */
const LINE = 6;
const LETTER = 1.5;
const WIDE = 3;
/** Margins up to this many per cent of the height are where players put text anyway. */
const USUAL_MARGIN = 12;
/** Two events that are this close are shown without a gap, seconds: one frame at 24 a second. */
const TOUCH = 0.042;
/** Shorter than anybody can read: a step of text that moves frame by frame. */
const STEP = 0.2;

/** How many places of the same words at the same time are told apart. */
const LAYERS = 50;

type Placed = Cue & { spot: { x: number; y: number } | null; last: number };

/**
 * An ASS script as WebVTT cues: what is said, and where. Typesetting is layers and frames of the same words, which become one cue;
 * the script itself travels beside them for players that can show all of it.
 */
export function cuesOfAss(script: AssScript): Cue[] {
  const placed = script.events
    .filter((event) => !isSyllable(event))
    .map((event) => placedCue(event, script))
    .concat(sung(script.events.filter(isSyllable), script))
    .filter((cue) => cue.text !== '' && cue.end > cue.start)
    .sort((a, b) => a.start - b.start);
  return merged(placed).map(({ start, end, settings, text }) => ({ start, end, settings, text }));
}

function placedCue(event: AssEvent, script: AssScript): Placed {
  const line = readText(event, script);
  const text = withoutEmptyLines(marked(line.runs.filter(({ hidden }) => !hidden)));
  const { settings, spot } = settingsOf(line, event, script, text);
  return { start: event.start, end: event.end, text, settings, spot, last: event.end - event.start };
}

/** What karaoke templates write into the events that they make. */
const isSyllable = ({ effect }: AssEvent): boolean => /^fx\b/i.test(effect);

/** Songs that are set syllable by syllable, as the lines that are sung, on the height of their syllables. */
function sung(events: readonly AssEvent[], script: AssScript): Placed[] {
  const rows = new Map<string, { line: string; syllables: Syllable[] }>();
  for (const event of events) {
    const line = readText(event, script);
    const text = line.runs.map((run) => (run.hidden ? '' : run.text)).join('');
    if (text.trim() === '') continue;
    const { settings, spot } = settingsOf(line, event, script, literal(text));
    const [height = ''] = /^line:\S+/.exec(settings) ?? [];
    const row = `${event.style.name} ${height}`;
    const syllable = { start: event.start, end: event.end, text, x: spot?.x ?? 50, row };
    const known = rows.get(row);
    if (known) known.syllables.push(syllable);
    else rows.set(row, { line: height, syllables: [syllable] });
  }
  return [...rows.values()].flatMap(({ line, syllables }) =>
    sungLines(syllables, TOUCH).map(({ start, end, text }) => ({
      start,
      end,
      text: literal(text),
      settings: line,
      spot: null,
      last: end - start,
    })),
  );
}

/** Bold, italic and underlined stretches in tags; neighbours that look alike in one. */
function marked(runs: readonly AssRun[]): string {
  let out = '';
  let open: string[] = [];
  for (const run of runs) {
    const tags = [run.weight >= 600 ? 'b' : '', run.italic ? 'i' : '', run.underline ? 'u' : ''].filter(
      Boolean,
    );
    if (run.text === '') continue;
    if (tags.join() !== open.join()) {
      out +=
        open
          .toReversed()
          .map((tag) => `</${tag}>`)
          .join('') + tags.map((tag) => `<${tag}>`).join('');
      open = tags;
    }
    out += literal(run.text);
  }
  return (
    out +
    open
      .toReversed()
      .map((tag) => `</${tag}>`)
      .join('')
  );
}

/**
 * Places in per cent. Lines are those of the text's upper edge, by its estimated height: browsers leave out the part of WebVTT
 * that would say which edge is meant (Chromium: `line:70%,end` is read as `line:70%`).
 */
function settingsOf(
  { place, at }: AssLine,
  { margins }: AssEvent,
  { width, height }: AssScript,
  text: string,
): { settings: string; spot: Placed['spot'] } {
  const lines = text.replaceAll(/<[^>]*>/g, '').split('\n');
  const tall = lines.length * LINE;
  const wide = Math.min(100, Math.max(...lines.map(widthOf)));
  const [column, row] = [(place - 1) % 3, Math.floor((place - 1) / 3)] as const;
  const upper = (y: number) => `line:${clamp(y - [tall, tall / 2, 0][row]!, 0, 100 - tall)}%`;
  const across = (x: number) =>
    [
      `position:${clamp(x, [0, wide / 2, wide][column]!, [100 - wide, 100 - wide / 2, 100][column]!)}%`,
      ...(column === 1 ? [] : [column === 0 ? 'align:left' : 'align:right']),
    ].join(' ');
  if (at) {
    const spot = { x: (100 * at.x) / width, y: (100 * at.y) / height };
    return { settings: `${upper(spot.y)} ${across(spot.x)}`, spot };
  }
  const vertical = (100 * margins.vertical) / height;
  const [left, right] = [(100 * margins.left) / width, 100 - (100 * margins.right) / width];
  const usual = row !== 1 && vertical <= USUAL_MARGIN;
  const line = usual ? (row === 2 ? 'line:0' : '') : upper([100 - vertical, 50, vertical][row]!);
  const middle = (left + right) / 2;
  const side =
    column !== 1 ? across(column === 0 ? left : right) : Math.abs(middle - 50) > 2 ? across(middle) : '';
  const narrow = column === 1 && right - left < 80 && right > left ? `size:${Math.round(right - left)}%` : '';
  return { settings: [line, side, narrow].filter(Boolean).join(' '), spot: null };
}

const widthOf = (line: string): number =>
  Array.from(line.replaceAll(/&[a-z]+;/g, 'x')).reduce(
    (sum, letter) => sum + (letter > '\u2E80' ? WIDE : LETTER),
    0,
  );
const clamp = (value: number, least: number, most: number): number =>
  Math.round(Math.max(0, least, Math.min(most, value)));

/** The same words again, at the same place or a step further, without a gap between: one cue. */
function merged(cues: readonly Placed[]): Placed[] {
  const out: Placed[] = [];
  const latest = new Map<string, Placed[]>();
  for (const cue of cues) {
    const open = (latest.get(cue.text) ?? []).filter(({ end }) => cue.start <= end + TOUCH).slice(-LAYERS);
    const same = open.find((earlier) => isSame(earlier, cue));
    if (same) {
      same.end = Math.max(same.end, cue.end);
      same.last = cue.last;
      same.spot = cue.spot;
    } else {
      const fresh = { ...cue };
      out.push(fresh);
      open.push(fresh);
    }
    latest.set(cue.text, open);
  }
  return out;
}

function isSame(earlier: Placed, cue: Placed): boolean {
  if (earlier.settings === cue.settings) return true;
  if (!earlier.spot || !cue.spot) return false;
  const step = cue.last < STEP && earlier.last < STEP && cue.start >= earlier.end - TOUCH;
  const reach = step ? 10 : 2;
  return Math.abs(earlier.spot.x - cue.spot.x) <= reach && Math.abs(earlier.spot.y - cue.spot.y) <= reach;
}
