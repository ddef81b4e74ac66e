import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import * as v from 'valibot';
import { AdminEpisode, type EpisodeFields } from '../../schema/api/editing.ts';
import { episodes, episodeTranslations, seasons } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Expected } from '../http/if-match.ts';
import type { Db } from '../platform/db.ts';
import { defined, type AdminEpisodeRow } from './edits.ts';
import { nextRevision, stale } from './revision.ts';

const Translations = AdminEpisode.entries.translations;

/** Outer columns are written out: a column of a select's one table has no table's name, and would be the inner table's. */
export const latestJob = sql<Id<'job'> | null>`(select id from jobs where episode_id = episodes.id
  order by created_at desc, id desc limit 1)`.as('latest_job');

/** Likewise. */
export const adminEpisodes = (db: Db) =>
  db
    .select({
      ...getTableColumns(episodes),
      latestJobId: latestJob,
      translations: sql<
        AdminEpisode['translations']
      >`(select json_group_object(locale, json_object('name', name, 'synopsis', synopsis)) from episode_translations
        where episode_id = episodes.id and (name is not null or synopsis is not null))`
        .mapWith((text: string) => v.parse(Translations, JSON.parse(text)))
        .as('translations'),
    })
    .from(episodes);

type Texts = NonNullable<EpisodeFields['translations']>[string];
type Place = { titleId: Id<'title'>; season: number; number: number };

const at = ({ titleId, season, number }: Place) =>
  and(eq(episodes.titleId, titleId), eq(episodes.season, season), eq(episodes.number, number))!;

export const episodeById = async (db: Db, id: Id<'episode'>): Promise<AdminEpisodeRow | null> =>
  (await adminEpisodes(db).where(eq(episodes.id, id)))[0] ?? null;
export const episodeAt = async (db: Db, place: Place): Promise<AdminEpisodeRow | null> =>
  (await adminEpisodes(db).where(at(place)))[0] ?? null;

/**
 * Makes an episode (and its season) or changes it, for a batch: at once, however often and from however many sides it is asked for.
 * @param ids used where something is made
 */
export function writeEpisode(
  db: Db,
  place: Place,
  { translations = {}, ...fields }: EpisodeFields,
  ids: { season: Id<'season'>; episode: Id<'episode'> },
  now: number,
): [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]] {
  const { titleId, season } = place;
  const inSeason = and(eq(seasons.titleId, titleId), eq(seasons.number, season));
  const episodeId = sql`(${db.select({ id: episodes.id }).from(episodes).where(at(place))})`;
  return [
    db.insert(seasons).values({ id: ids.season, titleId, number: season }).onConflictDoNothing(),
    db
      .insert(episodes)
      .values({
        ...defined(fields),
        id: ids.episode,
        ...place,
        seasonId: sql`(${db.select({ id: seasons.id }).from(seasons).where(inSeason)})`,
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoUpdate({
        target: [episodes.titleId, episodes.season, episodes.number],
        set: { ...defined(fields), revision: nextRevision(episodes, null), updatedAt: now },
      }),
    ...Object.entries(translations).map(([locale, given]) => translate(db, episodeId, locale, given)),
  ];
}

export async function upsertEpisode(
  db: Db,
  place: Place,
  fields: EpisodeFields,
  ids: { season: Id<'season'>; episode: Id<'episode'> },
  now: number,
): Promise<AdminEpisodeRow> {
  await db.batch(writeEpisode(db, place, fields, ids, now));
  const row = await episodeAt(db, place);
  if (!row)
    throw new Error(`no episode ${place.season}x${place.number} of ${place.titleId} after its upsert`);
  return row;
}

/** Changes what is named of an episode that is there. */
export const changeEpisode = (
  db: Db,
  id: Id<'episode'>,
  { translations = {}, ...fields }: EpisodeFields,
  { expected, now }: { expected: Expected; now: number },
): Promise<'stale' | null> =>
  db
    .batch([
      db
        .update(episodes)
        .set({ ...defined(fields), revision: nextRevision(episodes, expected), updatedAt: now })
        .where(eq(episodes.id, id)),
      ...Object.entries(translations).map(([locale, given]) => translate(db, sql`${id}`, locale, given)),
    ])
    .then(() => null, stale);

/** Only what is given changes; what is emptied is gone. */
function translate(db: Db, episodeId: SQL, locale: string, { name, synopsis }: Texts) {
  const set = defined({
    name: name === undefined ? undefined : name || null,
    synopsis: synopsis === undefined ? undefined : synopsis || null,
  });
  const insert = db.insert(episodeTranslations).values({ episodeId, locale, ...set });
  const target = [episodeTranslations.episodeId, episodeTranslations.locale];
  return Object.keys(set).length > 0
    ? insert.onConflictDoUpdate({ target, set })
    : insert.onConflictDoNothing({ target });
}
