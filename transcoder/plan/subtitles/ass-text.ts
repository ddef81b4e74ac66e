import {
  fontName,
  fromLegacy,
  styleNamed,
  weightOf,
  type AssEvent,
  type AssScript,
  type AssStyle,
} from './ass.ts';

/** A stretch of an event's text in one look. */
export type AssRun = {
  /** Lines end with `\n`. */
  text: string;
  font: string;
  weight: number;
  italic: boolean;
  underline: boolean;
  /** Wholly transparent, as typesetters do to keep a place free. */
  hidden: boolean;
};
/** An event's text as players read it. Shapes drawn by numbers (`\p1`) are no text and are left out. */
export type AssLine = {
  runs: AssRun[];
  /** On the keypad. */
  place: number;
  /** Where that point of the text is put, in the script's pixels; null: by the margins. */
  at: { x: number; y: number } | null;
};

type Tag = { name: string; value: string };
type Look = Omit<AssRun, 'text'>;

/** Longest first: `\fn` is not `\f`, `\bord` is not `\b`. Tags that change neither letters nor places are only told apart. */
const NAME =
  /^(?:alpha|iclip|clip|[xy]bord|[xy]shad|fsc[xy]?|fade?|move|bord|blur|shad|pos|pbo|org|fa[xy]|fr[xyz]?|fsp|[1-4][ac]|fn|fs|fe|an|be|k[fot]|[abiuscknKpqrt])/;

/** Tags of one override block, in order. What is not a tag is a remark. */
function tagsOf(block: string): Tag[] {
  const tags: Tag[] = [];
  for (let at = block.indexOf('\\'); at >= 0; at = block.indexOf('\\', at)) {
    const name = NAME.exec(block.slice(at + 1, at + 8))?.[0];
    at += 1 + (name?.length ?? 0);
    if (!name) continue;
    const end = endOfValue(block, at);
    tags.push({ name, value: block.slice(at, end).trim().replace(/^\(/, '').replace(/\)$/, '') });
    at = end;
  }
  return tags;
}

/** A value in parentheses ends with them, tags inside it included (`\t(\fs20)`); any other where the next tag begins. */
function endOfValue(block: string, from: number): number {
  if (block[from] !== '(') {
    const next = block.indexOf('\\', from);
    return next < 0 ? block.length : next;
  }
  let depth = 0;
  for (let at = from; at < block.length; at++) {
    if (block[at] === '(') depth++;
    if (block[at] === ')' && --depth === 0) return at + 1;
  }
  return block.length;
}

/** Reads an event's text, override blocks and all. */
export function readText(
  event: AssEvent,
  { styles, wrapStyle }: Pick<AssScript, 'styles' | 'wrapStyle'>,
): AssLine {
  const line: AssLine = { runs: [], place: 0, at: null };
  let look = lookOf(event.style);
  let style = event.style;
  let shape = false;
  const apply = ({ name, value }: Tag): void => {
    const number = Number.parseFloat(value);
    switch (name) {
      case 'fn':
        look = { ...look, font: fontName(value) || style.font };
        break;
      case 'b':
        look = { ...look, weight: value === '' || Number.isNaN(number) ? style.weight : weightOf(number) };
        break;
      case 'i':
        look = { ...look, italic: value === '' || Number.isNaN(number) ? style.italic : number !== 0 };
        break;
      case 'u':
        look = { ...look, underline: value === '' || Number.isNaN(number) ? style.underline : number !== 0 };
        break;
      case 'alpha':
        look = { ...look, hidden: /^&?H?FF&?$/i.test(value) };
        break;
      case 'r':
        style = (value && styleNamed(styles, value)) || event.style;
        look = lookOf(style);
        break;
      case 'p':
        shape = number > 0;
        break;
      case 't': // what it animates is letters' look; a font in it is set at once
        for (const tag of tagsOf(value)) if (tag.name === 'fn') apply(tag);
        break;
      case 'an':
      case 'a':
        line.place ||= (name === 'an' ? (number >= 1 && number <= 9 ? number : 0) : fromLegacy(number)) ?? 0;
        break;
      case 'pos':
      case 'move': // what moves is read where it begins
        line.at ??= pointOf(value);
        break;
      default:
    }
  };
  for (const { block, text } of parts(event.text)) {
    if (block !== undefined) for (const tag of tagsOf(block)) apply(tag);
    else if (!shape) line.runs.push({ ...look, text: unescaped(text, wrapStyle) });
  }
  line.place ||= event.style.place;
  return line;
}

const lookOf = ({ font, weight, italic, underline }: AssStyle): Look => ({
  font,
  weight,
  italic,
  underline,
  hidden: false,
});

function pointOf(value: string): { x: number; y: number } | null {
  const [x = NaN, y = NaN] = value.split(',').map(Number.parseFloat);
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
}

/** Blocks in braces, and text between them. A brace that is never closed, or has a backslash before it, is text. */
function* parts(text: string): Generator<{ block: string; text?: never } | { block?: never; text: string }> {
  let from = 0;
  let open = -1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && open < 0 && /[{}]/.test(text[at + 1] ?? '')) at++;
    else if (text[at] === '{' && open < 0) open = at;
    else if (text[at] === '}' && open >= 0) {
      if (open > from) yield { text: text.slice(from, open) };
      yield { block: text.slice(open + 1, at) };
      from = at + 1;
      open = -1;
    }
  }
  if (from < text.length) yield { text: text.slice(from) };
}

const unescaped = (text: string, wrapStyle: number): string =>
  text.replaceAll(/\\([Nnh{}])/g, (_, what: string) => {
    if (what === 'h') return '\u00A0';
    if (what === '{' || what === '}') return what;
    return what === 'N' || wrapStyle === 2 ? '\n' : ' ';
  });
