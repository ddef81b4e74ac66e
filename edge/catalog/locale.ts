/** Where nothing that was asked for is there: English, then Japanese, then whatever there is. */
export const FALLBACK = 'en';
const FALLBACKS = [FALLBACK, 'ja'];

/** A language range, in lower case (RFC 4647 §2.1). Whatever else stands in its place is passed over. */
const RANGE = /^[a-z]{1,8}(?:-[a-z\d]{1,8})*$/;

/** Language ranges of an Accept-Language header, the most wanted first (RFC 9110 §12.5.4). `q=0` means never. */
function wanted(header: string): string[] {
  return header
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [range = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = parameters.find((p) => p.startsWith('q='));
      return { range, q: q ? Number(q.slice(2)) : 1 };
    })
    .filter(({ range, q }) => RANGE.test(range) && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ range }) => range);
}

/**
 * The best of the locales that are there, by lookup (RFC 4647 §3.4): `ja-JP` finds `ja`.
 * @param available ISO 639-1 codes
 */
export function bestLocale(available: readonly string[], acceptLanguage: string | null): string | null {
  const ranges = [...wanted(acceptLanguage ?? ''), ...FALLBACKS].map((range) => range.split('-')[0]!);
  return ranges.find((language) => available.includes(language)) ?? available[0] ?? null;
}

/** The language that a request wants to read most: its primary subtag, English where it names none. */
export function firstWanted(acceptLanguage: string | null): string {
  const languages = wanted(acceptLanguage ?? '').map((range) => range.split('-')[0]!);
  return languages.find((language) => /^[a-z]{2}$/.test(language)) ?? FALLBACK;
}

/** All that is chosen by of an Accept-Language header, the most wanted first: two requests with the same get the same texts. */
export const languagesOf = (acceptLanguage: string | null): string[] => [
  ...new Set(wanted(acceptLanguage ?? '').map((range) => range.split('-')[0]!)),
];
