import Papa from 'papaparse';
import { plainColumns } from './columns.ts';
import type { Existing } from './plan.ts';
import { guarded } from './read.ts';

// Episodes as the file that imports again without changing anything. Pure.

type Cell = string | number | null;

const locales = (episodes: readonly Existing[]): string[] =>
  [...new Set(episodes.flatMap(({ translations }) => Object.keys(translations)))].toSorted();

function records(episodes: readonly Existing[]): Record<string, Cell>[] {
  const languages = locales(episodes);
  return episodes.map((episode) => ({
    season: episode.season,
    number: episode.number,
    name: episode.name,
    synopsis: episode.synopsis,
    kind: episode.kind,
    airsAt: episode.airsAt === null ? null : new Date(episode.airsAt).toISOString(),
    absoluteNumber: episode.absoluteNumber,
    ...Object.fromEntries(
      languages.flatMap((locale) => [
        [`name.${locale}`, episode.translations[locale]?.name ?? null],
        [`synopsis.${locale}`, episode.translations[locale]?.synopsis ?? null],
      ]),
    ),
  }));
}

export const asJson = (episodes: readonly Existing[]): string => JSON.stringify(records(episodes), null, 1);

/** RFC 4180, in UTF-8 with a byte order mark: without one, Excel takes it for the encoding of its own machine. */
export function asCsv(episodes: readonly Existing[]): string {
  const [first] = records(episodes);
  const fields = first ? Object.keys(first) : [...plainColumns];
  const data = records(episodes).map((record) =>
    fields.map((name) => {
      const cell = record[name];
      return typeof cell === 'string' ? guarded(cell) : (cell ?? '');
    }),
  );
  return `\uFEFF${Papa.unparse({ fields, data }, { newline: '\r\n' })}\r\n`;
}
