import type { Span } from '../../../schema/media-facts.ts';
import { assSeconds, eventColumns, sectionOf } from './ass.ts';

const assTime = (time: number): string => {
  const cs = Math.round(time * 100);
  const two = (value: number) => String(Math.floor(value) % 100).padStart(2, '0');
  return `${Math.floor(cs / 360_000)}:${two((cs / 6000) % 60)}:${two((cs / 100) % 60)}.${two(cs % 100)}`;
};

/** Sections that players read. What else editors put into a file names folders of the studio, or is fonts that travel as files. */
const kept = new Set(['script info', 'v4+ styles', 'v4 styles', 'v4 styles+', 'events']);

/**
 * The script for players: its own lines with the times of its events moved by `-shift`, without those that `[0, duration)` does
 * not see, without comments and without what only editors use.
 */
export function shiftedAss(text: string, shift: number, duration: number): string {
  let section = '';
  let columns = eventColumns;
  const out: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    section = sectionOf(line) ?? section;
    if (!kept.has(section) || /^\s*(?:;|!:|comment:)/i.test(line)) continue;
    if (section === 'events' && /^\s*format:/i.test(line))
      columns = line
        .slice(line.indexOf(':') + 1)
        .split(',')
        .map((name) => name.trim().toLowerCase());
    if (section !== 'events' || !/^\s*dialogue:/i.test(line)) out.push(line.trimEnd());
    else out.push(...shiftedEvent(line, columns, (time) => shiftedSpan(time, shift, duration)));
  }
  return `${out
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function shiftedSpan([start, end]: Span, shift: number, duration: number): Span | null {
  if (end - shift <= 0 || start - shift >= duration) return null;
  return [Math.max(0, start - shift), end - shift]; // the format has no times before zero
}

function shiftedEvent(line: string, columns: readonly string[], move: (span: Span) => Span | null): string[] {
  const colon = line.indexOf(':') + 1;
  const parts = line.slice(colon).split(',');
  const [from, to] = [columns.indexOf('start'), columns.indexOf('end')];
  const [start, end] = [assSeconds(parts[from] ?? ''), assSeconds(parts[to] ?? '')];
  const moved = start === null || end === null ? null : move([start, end]);
  if (!moved) return [];
  parts[from] = assTime(moved[0]);
  parts[to] = assTime(moved[1]);
  return [line.slice(0, colon) + parts.join(',')];
}
