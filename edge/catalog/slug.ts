const LONGEST = 80;
/** Letters that Unicode does not take apart into a base letter and a mark. */
const plain: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** A name as an address: ASCII words with hyphens, at most 80 characters; empty where no such word is left. */
export function slugOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => plain[letter] ?? '')
    .replace(/[\p{M}'’`]/gu, '') // marks of the letters before them, and apostrophes: "Shin’ya" is one word
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return words.length <= LONGEST
    ? words
    : words
        .slice(0, LONGEST)
        .replace(/-[^-]*$/, '')
        .replace(/-$/, '');
}

/**
 * What a title's address can be, best first: its main name, its English one where the main one has no Latin letter,
 * else its id; then the same with a number, for names that are taken.
 */
export function slugChoices(
  names: { main: string; english: string | null },
  id: string,
  many = 20,
): string[] {
  const own = id.replace(/^[a-z]+_/, '');
  const best = slugOf(names.main) || slugOf(names.english ?? '') || own;
  const numbered = Array.from({ length: many - 1 }, (_, i) => withSuffix(best, String(i + 2)));
  return [best, ...numbered, withSuffix(best, own)];
}

const withSuffix = (slug: string, suffix: string) =>
  `${slug.slice(0, LONGEST - suffix.length - 1).replace(/-$/, '')}-${suffix}`;
