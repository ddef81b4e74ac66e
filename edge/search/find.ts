import type { Ask } from './ask.ts';
import type { Row } from './queries.ts';
import { best, order, type Candidate } from './rank.ts';

/** A title that was found. */
export type Found = Candidate & { row: Row };

/** Titles out of texts, ranked. */
export function find(ask: Ask, rows: readonly Row[]): Found[] {
  const byTitle = new Map<string, Row[]>();
  for (const row of rows) {
    const texts = byTitle.get(row.id);
    if (texts) texts.push(row);
    else byTitle.set(row.id, [row]);
  }
  const titles: Found[] = [];
  for (const texts of byTitle.values()) {
    const row = texts[0]!;
    const ranked = best(ask, texts, row.year);
    if (ranked) titles.push({ ranked, row, trend: row.trend, id: row.id });
  }
  return order(titles, ask.q);
}

/** What a title was found by, where that is none of the names that its card shows. */
export function matched({ ranked: { hit }, row }: Found) {
  const shown = [row.nameMain, row.nameNative, row.nameEnglish, row.localName];
  return shown.includes(hit.text) ? null : hit;
}
