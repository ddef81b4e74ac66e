import type { en } from './en.ts';

/** A sentence, or its plural forms as CLDR names them. `{name}` stands for a value. */
export type Message = string | { readonly one?: string; readonly other: string };
/** A catalogue in another language than English: the same keys. */
export type Wording<C> = { readonly [K in keyof C]: Message };
export type Messages = Wording<typeof en>;

/** Portuguese is Brazil's, as CLDR has it where nothing else is said. */
export const languages = ['en', 'ja', 'es', 'fr', 'de', 'pt'] as const;
export type UiLanguage = (typeof languages)[number];

export const isLanguage = (text: string | null | undefined): text is UiLanguage =>
  (languages as readonly (string | null | undefined)[]).includes(text);

/** Each catalogue is its own chunk: a reader downloads one language. */
export const catalogues = {
  en: () => import('./en.ts').then((m): Messages => m.en),
  ja: () => import('./ja.ts').then((m): Messages => m.ja),
  es: () => import('./es/site.ts').then((m): Messages => m.site),
  fr: () => import('./fr/site.ts').then((m): Messages => m.site),
  de: () => import('./de/site.ts').then((m): Messages => m.site),
  pt: () => import('./pt/site.ts').then((m): Messages => m.site),
} satisfies Record<UiLanguage, () => Promise<Messages>>;

type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Text<M> = M extends string ? M : M extends { other: infer Other extends string } ? Other : never;
type Values<M> = [Names<Text<M>>] extends [never] ? [] : [values: Record<Names<Text<M>>, string | number>];

/** `t('home.new')`, `t('title.episodes', { count: 3 })`: key and values are checked by the compiler against English. */
export type Translate<C = typeof en> = <K extends keyof C & string>(
  key: K,
  ...values: Values<C[K]>
) => string;

/** A `t()` for one catalogue. `C` is the catalogue that keys and values are checked against. */
export function translator<C = typeof en>(messages: Wording<NoInfer<C>>, language: string): Translate<C> {
  let rules: Intl.PluralRules | undefined; // few messages need them, and they take a while to make
  const form = (count: number) => (rules ??= new Intl.PluralRules(language)).select(count);
  return (key, ...[values]) => {
    const given: Record<string, string | number> = values ?? {};
    const message = messages[key];
    const text =
      typeof message === 'string'
        ? message
        : (form(Number(given['count'])) === 'one' && message.one) || message.other;
    return text.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
      const value = given[name] ?? '';
      return typeof value === 'number' ? value.toLocaleString(language) : value;
    });
  };
}

/** The best of our languages for an `Accept-Language` header (RFC 9110 §12.5.4; basic filtering, RFC 4647 §3.3.1). */
export function pickLanguage(header: string | null | undefined): UiLanguage {
  const wanted = (header ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().split(';');
      const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(Boolean);
      return { tag: tag.trim().toLowerCase(), q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, q }) => tag && q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { tag } of wanted) {
    if (tag === '*') break;
    const found = languages.find((language) => tag === language || tag.startsWith(`${language}-`));
    if (found) return found;
  }
  return 'en';
}
