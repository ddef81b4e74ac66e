import * as v from 'valibot';
import { jobTabs, type JobPage, type JobQuery } from '../../schema/api/ingest.ts';
import { idSchema } from '../../schema/ids.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import type { Platform } from '../platform/platform.ts';
import { jobCard } from './job-view.ts';
import {
  inLine,
  jobCards,
  jobCardsOf,
  jobsFound,
  workOf,
  type CardRow,
  type Position,
} from './queries/job-views.ts';

const PAGE = 30;
type Query = v.InferOutput<typeof JobQuery>;
type Page = v.InferOutput<typeof JobPage>;

/** A page of jobs: all, those of a tab, those that are found, or those that are named. */
export async function listJobs(platform: Platform, query: Query): Promise<Page> {
  const { limit = PAGE } = query;
  if (query.ids) return page(platform, await jobCardsOf(platform.db, query.ids), query.ids.length, byTime);
  const states = query.state ? [query.state] : query.tab ? jobTabs[query.tab] : [];
  if (query.q) {
    const after = decodeCursor(v.tuple([v.number()]), query.cursor)?.[0] ?? null;
    return page(
      platform,
      await jobsFound(platform.db, query.q, { states, after, limit }),
      limit,
      ({ seq }) => [seq],
    );
  }
  const after: Position | null = decodeCursor(v.tuple([v.number(), idSchema('job')]), query.cursor);
  const oldestFirst = query.tab === 'queue';
  return page(platform, await jobCards(platform.db, { states, oldestFirst, after, limit }), limit, byTime);
}
const byTime = ({ createdAt, id }: CardRow) => [createdAt, id];

async function page<Row extends CardRow>(
  { db, now }: Platform,
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => readonly (string | number)[],
): Promise<Page> {
  const shown = rows.slice(0, limit);
  const [work, line] = await Promise.all([
    workOf(
      db,
      shown.filter(({ state }) => state !== 'ready').map(({ id }) => id),
    ),
    shown.some(({ state }) => state === 'queued') ? inLine(db) : [],
  ]);
  return toPage(rows, limit, (row) => jobCard(strip(row), work.get(row.id), line, now()), key);
}

/** Without the number that only the search knows. */
const strip = (row: CardRow): CardRow => {
  const { seq: _, ...card } = { seq: 0, ...row };
  return card;
};
