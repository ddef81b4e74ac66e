import { asc, eq, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { episodes, episodeTranslations, seasons } from '../../../schema/db/catalog.ts';
import type { Id } from '../../../schema/ids.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import { adminEpisodes } from '../admin-episode-queries.ts';
import { reasonOf } from '../revision.ts';
import type { Write } from './plan.ts';

export const episodesOf = (db: Db, titleId: Id<'title'>) =>
  adminEpisodes(db).where(eq(episodes.titleId, titleId)).orderBy(asc(episodes.season), asc(episodes.number));

/** Characters of one parameter: D1 takes 2 MB, and a character may be four bytes. */
const MOST = 400_000;

/** Rows as parameters, each a list of them in JSON. */
export function lots(rows: readonly object[]): string[] {
  const made: string[] = [];
  let lot: string[] = [];
  let length = 0;
  for (const row of rows.map((one) => JSON.stringify(one))) {
    if (lot.length > 0 && length + row.length > MOST) {
      made.push(`[${lot.join(',')}]`);
      [lot, length] = [[], 0];
    }
    lot.push(row);
    length += row.length;
  }
  return lot.length > 0 ? [...made, `[${lot.join(',')}]`] : made;
}

const value = (name: string) => sql`given.value ->> ${sql.raw(`'$.${name}'`)}`;

/**
 * Makes and changes all of these in one transaction. What is not named of an episode stays as it is, whoever has changed it meanwhile.
 * @returns `stale`: somebody else has just made one that was to be made; nothing was done
 */
export async function writeAll(
  db: Db,
  titleId: Id<'title'>,
  writes: readonly Write[],
  newId: (kind: 'season' | 'episode') => string,
  now: number,
): Promise<'stale' | null> {
  const all = writes.map((write) => ({ ...write, isNew: !write.id, id: write.id ?? newId('episode') }));
  const rows = (isNew: boolean) =>
    lots(
      all
        .filter((one) => one.isNew === isNew)
        .map(({ id, season, number, fields: { translations: _texts, ...fields } }) => ({
          ...fields,
          id,
          season,
          number,
        })),
    );
  const texts = all.flatMap(({ id, fields: { translations = {} } }) =>
    Object.entries(translations).map(([locale, text]) => ({ id, locale, ...text })),
  );
  const numbers = new Set(all.filter(({ isNew }) => isNew).map(({ season }) => season));
  const statements: BatchItem<'sqlite'>[] = [
    ...lots([...numbers].map((number) => ({ number, id: newId('season') }))).map((lot) =>
      db
        .insert(seasons)
        .select(
          sql`select ${value('id')}, ${titleId}, ${value('number')}, null from json_each(${lot}) given where true`,
        )
        .onConflictDoNothing(),
    ),
    ...rows(true).map((lot) =>
      db.insert(episodes).select(sql`${newEpisode(titleId, now)} from json_each(${lot}) given
        cross join seasons on seasons.title_id = ${titleId} and seasons.number = ${value('season')}`),
    ),
    ...rows(false).map((lot) =>
      db
        .update(episodes)
        .set({
          name: sql`coalesce(${value('name')}, name)`,
          synopsis: sql`coalesce(${value('synopsis')}, synopsis)`,
          kind: sql`coalesce(${value('kind')}, kind)`,
          airsAt: sql`coalesce(${value('airsAt')}, airs_at)`,
          absoluteNumber: sql`coalesce(${value('absoluteNumber')}, absolute_number)`,
          revision: sql`revision + 1`,
          updatedAt: now,
        })
        .from(sql`json_each(${lot}) as given`)
        .where(sql`${episodes.id} = ${value('id')}`),
    ),
    ...lots(texts).map((lot) =>
      db
        .insert(episodeTranslations)
        .select(
          sql`select ${episodes.id}, ${value('locale')}, ${value('name')}, ${value('synopsis')} from json_each(${lot}) given
          cross join ${episodes} on ${episodes.id} = ${value('id')} where true`,
        )
        .onConflictDoUpdate({
          target: [episodeTranslations.episodeId, episodeTranslations.locale],
          set: {
            name: sql`coalesce(excluded.name, name)`,
            synopsis: sql`coalesce(excluded.synopsis, synopsis)`,
          },
        }),
    ),
  ];
  const [first, ...others] = statements;
  if (!first) return null;
  return db
    .batch([first, ...others])
    .then(() => null)
    .catch((error: unknown) => {
      if (reasonOf(error).includes('UNIQUE constraint failed: episodes.')) return 'stale';
      throw error;
    });
}

/** A new episode out of `given` and its season. */
const newEpisode = (titleId: Id<'title'>, now: number) =>
  selectRow(episodes, {
    id: value('id'),
    titleId,
    seasonId: sql`seasons.id`,
    season: value('season'),
    number: value('number'),
    name: value('name'),
    synopsis: value('synopsis'),
    kind: sql`coalesce(${value('kind')}, 'story')`,
    airsAt: value('airsAt'),
    absoluteNumber: value('absoluteNumber'),
    createdAt: now,
    updatedAt: now,
  });
