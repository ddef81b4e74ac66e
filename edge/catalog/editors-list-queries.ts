import { and, desc, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import * as v from 'valibot';
import type { AdminEpisodeQuery, AdminTitleQuery } from '../../schema/api/editing.ts';
import { episodes, episodeStates, titles, titleStates } from '../../schema/db/catalog.ts';
import type { Db } from '../platform/db.ts';
import { latestJob } from './admin-episode-queries.ts';
import { adminTitles } from './admin-queries.ts';
import type { EpisodeListRow } from './edits.ts';
import { pageOf, partOf } from './named.ts';

// The lists that editors work through. Each walks the index of what it is narrowed by (schema/db/catalog.ts), so that a page costs the
// same wherever in the list it is.

const titleState = (state: (typeof titleStates)[number]['state']) =>
  sql.raw(titleStates.find((one) => one.state === state)!.is);
const episodeState = (state: (typeof episodeStates)[number]['state']) =>
  sql.raw(episodeStates.find((one) => one.state === state)!.is);

/**
 * What the index has no letter of, such as `!!`, is looked for in the names themselves, of all titles. instr, because D1 takes LIKE
 * patterns of 50 bytes at most, which is 16 kanji.
 */
const spelt = (q: string): SQL =>
  sql`instr(lower(concat_ws(char(10), slug, name_main, name_native, name_english, synonyms)), ${q.toLowerCase()}) > 0`;

export const AdminTitleCursor = v.tuple([v.number(), v.string()]);
type TitlesAsked = Pick<v.InferOutput<typeof AdminTitleQuery>, 'q' | 'state' | 'without'>;
const titleIn = {
  draft: titleState('draft'),
  published: titleState('published'),
  'taken-down': titleState('down'),
};
const titleWithout = {
  poster: titleState('posterless'),
  backdrop: titleState('backdropless'),
  logo: titleState('logoless'),
};

/** Titles by last change; one row more than `limit`. */
export function adminTitleList(
  db: Db,
  { q, state, without }: TitlesAsked,
  after: v.InferOutput<typeof AdminTitleCursor> | null,
  limit: number,
) {
  const part = q ? partOf(q) : null;
  const where = and(
    state && titleIn[state],
    without && titleWithout[without],
    q && !part ? spelt(q) : undefined,
    after ? sql`(titles.updated_at, titles.id) < (${after[0]}, ${after[1]})` : undefined,
  );
  const page = adminTitles(db);
  if (!part)
    return page
      .where(where)
      .orderBy(desc(titles.updatedAt), desc(titles.id))
      .limit(limit + 1);
  const order = sql`titles.updated_at desc, titles.id desc`;
  const of = { table: sql`titles`, title: sql`titles.id`, where, order };
  // A plus keeps SQLite from walking the order once more for these few (https://sqlite.org/optoverview.html).
  return page
    .where(inArray(titles.id, pageOf(part, of, limit + 1)))
    .orderBy(sql`+titles.updated_at desc`, sql`+titles.id desc`)
    .limit(limit + 1);
}

/** `soon` begins so long ago: what should have aired, and did not. */
const DAY = 86_400_000;

const place = <B extends string>(by: B) => v.tuple([v.literal(by), v.number(), v.string()]);
export const EpisodeListCursor = { updated: place('updated'), airs: place('airs') };
export const episodeListKey =
  (by: keyof typeof EpisodeListCursor) =>
  ({ id, airsAt, updatedAt }: EpisodeListRow) =>
    [by, by === 'airs' ? (airsAt ?? 0) : updatedAt, id] as const;

type EpisodesAsked = Pick<v.InferOutput<typeof AdminEpisodeQuery>, 'q' | 'titleId' | 'state' | 'airs'>;
const episodeIn = {
  'without-media': episodeState('bare'),
  ready: episodeState('ready'),
  published: episodeState('onsite'),
};

/** Episodes by last change, or by air time from a day ago on; one row more than `limit`. */
export function adminEpisodeList(
  db: Db,
  { q, titleId, state, airs }: EpisodesAsked,
  { after, limit, now }: { after: readonly [string, number, string] | null; limit: number; now: number },
) {
  const column = sql.raw(airs ? 'episodes.airs_at' : 'episodes.updated_at');
  const direction = sql.raw(airs ? 'asc' : 'desc');
  const part = q ? partOf(q) : null;
  const where = and(
    titleId && sql`episodes.title_id = ${titleId}`,
    state && episodeIn[state],
    // A cursor says more, and is what the index is entered by.
    airs && !after ? sql`${column} >= ${now - DAY}` : undefined,
    q && !part ? sql`episodes.title_id in (select id from titles where ${spelt(q)})` : undefined,
    after ? sql`(${column}, episodes.id) ${sql.raw(airs ? '>' : '<')} (${after[1]}, ${after[2]})` : undefined,
  );
  const {
    synopsis: _long,
    chapters: _many,
    markers: _too,
    editedMarkers: _also,
    ...columns
  } = getTableColumns(episodes);
  const page = db
    .select({
      ...columns,
      latestJobId: latestJob,
      titleName: sql<string>`(select name_main from titles where id = episodes.title_id)`.as('title_name'),
    })
    .from(episodes);
  const order = sql`${column} ${direction}, episodes.id ${direction}`;
  if (!part)
    return page
      .where(where)
      .orderBy(order)
      .limit(limit + 1);
  const of = { table: sql`episodes`, title: sql`episodes.title_id`, where, order };
  return page
    .where(inArray(episodes.id, pageOf(part, of, limit + 1)))
    .orderBy(sql`+${column} ${direction}, +episodes.id ${direction}`)
    .limit(limit + 1);
}
