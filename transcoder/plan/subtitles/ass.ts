/*
 * Scripts of SubStation Alpha: `[V4+ Styles]` is ASS, `[V4 Styles]` the older SSA. There is no standard but what libass does, and
 * it reads leniently: names without regard to case, columns by the `Format:` line of their section, anything odd left out.
 */

export type AssStyle = {
  name: string;
  font: string;
  /** OpenType's scale: 400 is regular, 700 bold. */
  weight: number;
  italic: boolean;
  underline: boolean;
  /** On the keypad: 2 is below in the middle, 8 above. */
  place: number;
  margins: AssMargins;
};
/** Left, right and vertical, in pixels of the script's own picture. */
export type AssMargins = { left: number; right: number; vertical: number };
export type AssEvent = {
  /** Seconds. */
  start: number;
  end: number;
  layer: number;
  style: AssStyle;
  effect: string;
  margins: AssMargins;
  /** With override blocks. */
  text: string;
};
export type AssScript = {
  width: number;
  height: number;
  /** `\n` breaks lines only in style 2. */
  wrapStyle: number;
  styles: AssStyle[];
  /** As they stand in the file; comments are not among them. */
  events: AssEvent[];
};

const SECTION = /^\s*\[([^\]]+)\]\s*$/;
export const sectionOf = (line: string): string | undefined => SECTION.exec(line)?.[1]!.trim().toLowerCase();

export const isAss = (text: string): boolean =>
  /^[ \t]*\[(?:script info|v4\+? styles)\]/im.test(text.slice(0, 8192)) ||
  (/^[ \t]*\[events\]/im.test(text) && /^Dialogue:/im.test(text));

export const eventColumns = 'layer,start,end,style,name,marginl,marginr,marginv,effect,text'.split(',');

/** @throws nothing: what cannot be read is left out */
export function parseAss(text: string): AssScript {
  const info = new Map<string, string>();
  const styles: AssStyle[] = [];
  const events: AssEvent[] = [];
  let section = '';
  let columns: string[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    const begins = sectionOf(line);
    if (begins !== undefined) {
      section = begins;
      columns = section === 'events' ? eventColumns : [];
    }
    const colon = line.indexOf(':');
    if (begins !== undefined || colon < 0 || /^\s*[;!]/.test(line)) continue;
    const key = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1);
    if (section === 'script info') info.set(key, value.trim());
    else if (key === 'format') columns = value.split(',').map((name) => name.trim().toLowerCase());
    else if (key === 'style' && section.endsWith('styles'))
      styles.push(readStyle(fields(value, columns), section.includes('+')));
    else if (key === 'dialogue' && section === 'events') {
      const event = readEvent(fields(value, columns), styles);
      if (event) events.push(event);
    }
  }
  return { ...resolution(info), wrapStyle: Number(info.get('wrapstyle') ?? 0) || 0, styles, events };
}

/** The last column takes the rest of the line, commas and all. */
function fields(value: string, columns: readonly string[]): Map<string, string> {
  const parts = value.split(',');
  const rest = parts.splice(columns.length - 1).join(',');
  return new Map(
    columns.map((name, i) => [name, (i < columns.length - 1 ? parts[i] : rest)?.trimStart() ?? '']),
  );
}

const defaultStyle: AssStyle = {
  name: 'Default',
  font: 'Arial',
  weight: 400,
  italic: false,
  underline: false,
  place: 2,
  margins: { left: 20, right: 20, vertical: 20 },
};

function readStyle(given: ReadonlyMap<string, string>, isAss: boolean): AssStyle {
  const number = (name: string) => Number(given.get(name) ?? '') || 0;
  const place = number('alignment');
  return {
    name: (given.get('name') ?? '').trim().replace(/^\*+/, ''),
    font: fontName(given.get('fontname') ?? '') || defaultStyle.font,
    weight: weightOf(number('bold')),
    italic: number('italic') !== 0,
    underline: number('underline') !== 0,
    place: (isAss ? (place >= 1 && place <= 9 ? place : null) : fromLegacy(place)) ?? defaultStyle.place,
    margins: { left: number('marginl'), right: number('marginr'), vertical: number('marginv') },
  };
}

/** `-1` and 1 are bold; a hundred or more is a weight. */
export const weightOf = (bold: number): number =>
  bold === 0 ? 400 : bold >= 100 ? Math.min(bold, 1000) : 700;
/** A leading @ asks for letters turned upright in vertical text: the same font. */
export const fontName = (name: string): string => name.trim().replace(/^@/, '');

/** SSA's numbers of places (1–3 below, 5–7 above, 9–11 in the middle) as those of a keypad. */
export function fromLegacy(place: number): number | null {
  const column = place & 3;
  if (column === 0 || place < 1 || place > 11) return null;
  return column + (place & 4 ? 6 : place & 8 ? 3 : 0);
}

/** By name, made once for each list: a script may have thousands of both. Of two with one name the last counts. */
const byName = new WeakMap<readonly AssStyle[], { count: number; styles: Map<string, AssStyle> }>();
export function styleNamed(styles: readonly AssStyle[], name: string): AssStyle | undefined {
  let known = byName.get(styles);
  if (known?.count !== styles.length) {
    known = {
      count: styles.length,
      styles: new Map(styles.map((style) => [style.name.toLowerCase(), style])),
    };
    byName.set(styles, known);
  }
  return known.styles.get(name.trim().replace(/^\*+/, '').toLowerCase());
}

function readEvent(given: ReadonlyMap<string, string>, styles: readonly AssStyle[]): AssEvent | null {
  const start = assSeconds(given.get('start') ?? '');
  const end = assSeconds(given.get('end') ?? '');
  if (start === null || end === null) return null;
  const style =
    styleNamed(styles, given.get('style') ?? '') ??
    styleNamed(styles, 'Default') ??
    styles[0] ??
    defaultStyle;
  const margin = (name: string, own: number) => Number(given.get(name) ?? '') || own;
  return {
    start,
    end,
    layer: Number(given.get('layer') ?? '') || 0,
    style,
    effect: given.get('effect') ?? '',
    margins: {
      left: margin('marginl', style.margins.left),
      right: margin('marginr', style.margins.right),
      vertical: margin('marginv', style.margins.vertical),
    },
    text: given.get('text') ?? '',
  };
}

/** As libass has it: one side that is missing follows from the other, at 4:3; neither is 384 × 288. */
function resolution(info: ReadonlyMap<string, string>): { width: number; height: number } {
  const [x, y] = ['playresx', 'playresy'].map((name) => Math.max(0, Number(info.get(name) ?? '') || 0));
  if (x && y) return { width: x, height: y };
  if (y) return { width: y === 1024 ? 1280 : Math.max(1, (y * 4) / 3), height: y };
  if (x) return { width: x, height: x === 1280 ? 1024 : Math.max(1, (x * 3) / 4) };
  return { width: 384, height: 288 };
}

const TIME = /^\s*(\d+):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?\s*$/;
/** Seconds of a time such as `0:01:02.50`; null: it is none. */
export const assSeconds = (time: string): number | null => {
  const [, h, m, s, fraction = '0'] = TIME.exec(time) ?? [];
  return s === undefined ? null : Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(`0.${fraction}`);
};
