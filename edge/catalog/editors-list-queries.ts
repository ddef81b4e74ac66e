import { and, asc, desc, eq, getTableColumns, gte, sql, type SQL } from 'drizzle-orm';
import * as v from 'valibot';
import type { AdminEpisodeQuery, AdminTitleQuery } from '../../schema/api/editing.ts';
import { episodes, episodeStates, titles, titleStates } from '../../schema/db/catalog.ts';
import type { Db } from '../platform/db.ts';
import { latestJob } from './admin-episode-queries.ts';
import { adminTitles } from './admin-queries.ts';
import type { EpisodeListRow } from './edits.ts';

// The lists that editors work through. Each walks the index of what it is narrowed by (schema/db/catalog.ts), so that a page costs the
// same wherever in the list it is.

const titleState = (state: (typeof titleStates)[number]['state']) =>
  sql.raw(titleStates.find((one) => one.state === state)!.is);
const episodeState = (state: (typeof episodeStates)[number]['state']) =>
  sql.raw(episodeStates.find((one) => one.state === state)!.is);

/**
 * Titles with a part of any name. It looks through the names of all: that is 10 000 rows of one table at most
 * (docs/benchmarks.md). instr, because D1 takes LIKE patterns of 50 bytes at most, which is 16 kanji.
 */
function named(q: string): SQL {
  const { slug, nameMain, nameNative, nameEnglish, synonyms } = titles;
  return sql`instr(lower(concat_ws(char(10), ${slug}, ${nameMain}, ${nameNative}, ${nameEnglish}, ${synonyms})), ${q.toLowerCase()}) > 0`;
}

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
export const adminTitleList = (
  db: Db,
  { q, state, without }: TitlesAsked,
  after: v.InferOutput<typeof AdminTitleCursor> | null,
  limit: number,
) =>
  adminTitles(db)
    .where(
      and(
        state && titleIn[state],
        without && titleWithout[without],
        q ? named(q) : undefined,
        after ? sql`(${titles.updatedAt}, ${titles.id}) < (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(desc(titles.updatedAt), desc(titles.id))
    .limit(limit + 1);

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
  const column = airs ? episodes.airsAt : episodes.updatedAt;
  const direction = airs ? asc : desc;
  const {
    synopsis: _long,
    chapters: _many,
    markers: _too,
    editedMarkers: _also,
    ...columns
  } = getTableColumns(episodes);
  return db
    .select({
      ...columns,
      latestJobId: latestJob,
      titleName: sql<string>`(select name_main from titles where id = episodes.title_id)`.as('title_name'),
    })
    .from(episodes)
    .where(
      and(
        titleId && eq(episodes.titleId, titleId),
        state && episodeIn[state],
        airs && !after && gte(episodes.airsAt, now - DAY), // a cursor says more, and is what the index is entered by
        q ? sql`${episodes.titleId} in (select titles.id from ${titles} where ${named(q)})` : undefined,
        after
          ? sql`(${column}, ${episodes.id}) ${sql.raw(airs ? '>' : '<')} (${after[1]}, ${after[2]})`
          : undefined,
      ),
    )
    .orderBy(direction(column), direction(episodes.id))
    .limit(limit + 1);
}
