import type { AdminEpisode } from '../../../schema/api/editing.ts';

/** Locales that the episodes have texts in, in the order of the alphabet. */
const localesOf = (episodes: readonly AdminEpisode[]): string[] =>
  [...new Set(episodes.flatMap(({ translations }) => Object.keys(translations)))].sort();

const plain = ['season', 'number', 'name', 'synopsis', 'kind', 'airsAt', 'absoluteNumber'];

/** RFC 4180: quoted where it has to be, quotes doubled. */
const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const rows = (lines: string[][]) => lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
/** Without it spreadsheets read UTF-8 as something else. */
const BOM = '\uFEFF';

/** Episodes as the import takes them: what is exported, changed in a spreadsheet and imported changes just that. */
export function seasonCsv(episodes: readonly AdminEpisode[]): string {
  const locales = localesOf(episodes);
  const head = [...plain, ...locales.flatMap((locale) => [`name.${locale}`, `synopsis.${locale}`])];
  const lines = episodes.map((episode) => [
    String(episode.season),
    String(episode.number),
    episode.name ?? '',
    episode.synopsis ?? '',
    episode.kind,
    episode.airsAt === null ? '' : new Date(episode.airsAt).toISOString(),
    episode.absoluteNumber === null ? '' : String(episode.absoluteNumber),
    ...locales.flatMap((locale) => {
      const texts = episode.translations[locale];
      return [texts?.name ?? '', texts?.synopsis ?? ''];
    }),
  ]);
  return BOM + rows([head, ...lines]);
}

/** An empty season with one row to show what goes where. */
export const templateCsv = (): string =>
  BOM +
  rows([
    [...plain, 'name.en', 'synopsis.en', 'name.ja', 'synopsis.ja'],
    [
      '1',
      '1',
      'The first episode',
      '',
      'story',
      '2027-01-09T14:30:00Z',
      '',
      'The first episode',
      '',
      '第一話',
      '',
    ],
  ]);
