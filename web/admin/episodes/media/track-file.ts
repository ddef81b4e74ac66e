/** What side-car files are called. Everything else is taken for sound. */
const texts = /\.(srt|vtt|ass|ssa|sub|txt)$/i;
export const kindOf = (fileName: string): 'audio' | 'subtitles' =>
  texts.test(fileName) ? 'subtitles' : 'audio';

/** A language in a file's name, as people write it: `Kaze 03.fr.ass`, `kaze.pt-BR.srt`. Empty where there is none. */
export function languageIn(fileName: string): string {
  const tag = /[._[(-]([a-z]{2,3}(?:-[A-Za-z]{2,4})?)[\])]?\.[A-Za-z0-9]+$/.exec(fileName)?.[1];
  if (!tag) return '';
  try {
    const [language = ''] = Intl.getCanonicalLocales(tag);
    // An extension or an abbreviation of a group looks like a tag, too: only those with a name count.
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language) ? language : '';
  } catch {
    return '';
  }
}
