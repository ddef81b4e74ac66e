/**
 * Cue text of WebVTT (W3C WebVTT §4.2.2) out of what subtitle files hold. What is not a tag of WebVTT is text; what could end the
 * cue (an empty line, `-->`) cannot come out of here.
 */

/** A character reference that was meant as one stays one: `&amp;` is an ampersand in WebVTT, and in most SRT files too. */
const REFERENCE = /&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,7}|#x[\da-f]{1,6});)/gi;
const escaped = (text: string): string =>
  text.replaceAll(REFERENCE, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text that holds no mark-up of any kind, such as that of ASS events. */
export const literal = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An empty line would end the cue; a cue without a letter is none. */
export function withoutEmptyLines(text: string): string {
  if (text.replaceAll(/<[^>]*>/g, '').trim() === '') return '';
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join('\n');
}

const TAG = /<(\/?)([A-Za-z]+)((?:\.[^\s<>.&]+)*)((?:[ \t][^<>\n]*)?)\/?>|<[\d:.]+>/g;

/**
 * Reduces tags to those of `allowed`, closed in the order in which they were opened. Others go, and with them times inside a cue:
 * they are the file's, not the episode's.
 */
export function cueText(text: string, allowed: ReadonlySet<string>): string {
  const said = text.trim();
  const open: string[] = [];
  let out = '';
  let from = 0;
  for (const match of said.matchAll(TAG)) {
    out += escaped(said.slice(from, match.index));
    from = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (!name || !allowed.has(name)) continue;
    if (match[1] === '') {
      open.push(name);
      out += `<${name}${match[3]}${annotated.has(name) ? annotation(match[4]!) : ''}>`;
    } else if (open.includes(name)) {
      for (let last = open.pop()!; ; last = open.pop()!) {
        out += `</${last}>`;
        if (last === name) break;
      }
    }
  }
  out += escaped(said.slice(from));
  for (const name of open.reverse()) out += `</${name}>`;
  return withoutEmptyLines(out);
}

/** Tags that say something of their text: who speaks, in which language. */
const annotated = new Set(['v', 'lang']);
const annotation = (text: string): string => {
  const words = text.trim();
  return words ? ` ${escaped(words)}` : '';
};
