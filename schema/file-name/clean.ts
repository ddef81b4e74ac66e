/** What says how a file was made, not what it shows. Whole words. */
const TECHNICAL = new RegExp(
  `^(?:${[
    String.raw`(?:240|360|480|540|576|720|810|900|1080|1440|2160|4320)[pi](?:\d{2})?`,
    String.raw`\d{3,4}x\d{3,4}p?`,
    String.raw`[48]k|u?hd|fhd|sd|hdr(?:10)?\+?|sdr|dv|dovi`,
    String.raw`hi10p?|hi444|8-?bits?|10-?bits?|12-?bits?|ma10p|main10`,
    String.raw`[xh]\.?26[45]|hevc|avc|av1|vp9|xvid|divx|mpeg-?\d`,
    String.raw`(?:e-?)?ac-?3|ddp?(?:[257]\.[01])?|aac(?:[257]\.[01])?|flac(?:[257]\.[01])?|opus|mp3|dts(?:-?hd)?|truehd|atmos|lpcm|pcm`,
    String.raw`[257]\.[01](?:ch)?|[26]ch`,
    String.raw`web(?:-?(?:dl|rip))?|b[dr](?:-?(?:rip|remux|box|mv))?|blu-?ray(?:-?rip)?|dvd(?:-?rip|9|5)?|hdtv|hdrip|tv(?:-?rip)?|remux|vhs(?:-?rip)?`,
    String.raw`amzn|nf|cr|hidive|hulu|dsnp|b-global|baha|abema|funi|adn|unext|u-next|bilibili|at-x|bs11|mx|nhk`,
    String.raw`(?:dual|multi|triple)-?(?:audio|subs?)?|audio|(?:eng?|english|multi(?:ple)?)-?(?:sub(?:bed|s)?|dub(?:bed)?)|vostfr|raw|softsubs?|hardsubs?|subbed|dubbed|subs?|dub|eng|uncensored|uncut`,
    String.raw`batch|complete|end|fin|final|proper|repack|rev|remaster(?:ed)?`,
    String.raw`chs|cht|big5|gb|jpn?(?:sc|tc)?|简体|繁體|简繁|字幕|無修正`,
    String.raw`mkv|mp4|[0-9a-f]{8}|cfr|vfr|\d{2,3}(?:\.\d+)?fps`,
  ].join('|')})$`,
  'i',
);
/** Those that may also be words of a title: they say something between brackets, or after another. */
const DOUBTFUL =
  /^(?:end|fin|final|raw|complete|tv|web|mx|cr|nf|gb|sd|hd|dv|rev|proper|uncut|opus|audio|dual|multi|triple|sub|subs|dub|eng|batch|funi|dd|nhk|\d+)$/i;
const isWord = (text: string) => TECHNICAL.test(text);

/** Of nothing but such words, years and dates: what stands in such a bracket is no name. */
export const isTechnical = (text: string): boolean => {
  const words = text.split(/[\s,&+|/]+/).filter(Boolean);
  const dated = (one: string) => /^(?:19|20)\d\d(?:[.-]\d\d){0,2}$/.test(one) || /^\d{3,4}$/.test(one);
  return (
    words.length > 0 && words.every((one) => isWord(one) || dated(one) || one.split(/[-.]/).every(isWord))
  );
};

/** Of a bracket that says which episode it is. */
const NUMBERED =
  /^(?:#?\d{1,4}(?:\.5)?(?:v\d)?(?:\s*[-~～]\s*\d{1,4})?(?:\s*(?:END|FIN|完))?|(?:EP?|SP|OVA|OAD|ONA|NC(?:OP|ED)|OP|ED|PV|CM|Menu)\s*\d*(?:v\d)?|S\d{1,2}\s*E\d{1,4}(?:v\d)?|第.+[話话回集期]|v\d)$/i;
const BRACKETS = /\[([^\]]*)\]|\(([^)]*)\)|【([^】]*)】|\{([^}]*)\}|〔([^〕]*)〕/g;

/** A name without what is not the name: groups, checksums, sizes, codecs. A bracket with a number stands as ` - 03 `. */
export function cleaned(stem: string): string {
  // `Title_-_03` and `Title.S01E03` have spaces, too; the point of 12.5 is none.
  let text = stem.replaceAll('_', ' ');
  if (!/\s/.test(text.replaceAll(BRACKETS, '').trim()))
    text = text.replaceAll(/\.(?!\d)|(?<!\d)\.|(?<=\d)\.(?=\d{2})/g, ' ');
  const names: string[] = [];
  const out = text.replaceAll(BRACKETS, (all: string, ...groups: unknown[]) => {
    const content = groups.slice(0, 5).find((group) => typeof group === 'string');
    const said = typeof content === 'string' ? content.trim() : '';
    const isFirst = text.trimStart().startsWith(all);
    const isYear = /^(?:19|20)\d\d$/.test(said);
    const isSize = /^(?:480|540|576|720|1080|1440|2160)$/.test(said);
    if (!isYear && !isSize && NUMBERED.test(said)) return ` - ${said} `;
    if (/^S(?:eason)?\s*\d{1,2}$/i.test(said)) return ` ${said} `;
    if (!isFirst && said && !isTechnical(said)) names.push(said);
    return ' ';
  });
  const plain = withoutTail(out);
  // `[Group][Title][03][1080p]`: nothing stands outside of brackets but the number.
  const isBare = !/\p{L}{2}/u.test(
    plain.replaceAll(/\b(?:SP|OVA|OAD|EP?|END|S\d+)(?![a-z])|第.*?[話话回集]/gi, ''),
  );
  return isBare && names[0] ? `${names[0].split(' / ')[0]} ${plain}` : plain;
}

/** Ends where only technical words and a group follow: `Title S01E03 1080p WEB x264-GROUP`. A number among them stays. */
function withoutTail(text: string): string {
  const words = text.split(/\s+/).filter(Boolean);
  const sure = (one: string) =>
    !DOUBTFUL.test(one) &&
    (isWord(one) ||
      isWord(one.replace(/-[A-Za-z0-9]+$/, '')) ||
      (/^(?:web|blu|bd)-/i.test(one) && isTechnical(one)));
  let first = words.findIndex((one, i) => i > 0 && sure(one));
  if (first < 0) return words.join(' ');
  const later = words.slice(first).filter((one) => /^(?:\d{1,3}(?:v\d)?|S\d+E\d+|EP?\d+)$/i.test(one));
  while (first > 1 && DOUBTFUL.test(words[first - 1]!) && !/^\d+$/.test(words[first - 1]!)) first -= 1;
  const head = words.slice(0, first);
  const isNumbered = head.slice(1).some((one) => /\d/.test(one));
  return [...head, ...(later.length > 0 && !isNumbered ? ['-', later[0]!] : [])].join(' ');
}
