import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import * as v from 'valibot';
import { AdminEpisode, type EpisodeFields } from '../../schema/api/editing.ts';
import { episodes, episodeTranslations, seasons } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { defined, type AdminEpisodeRow } from './edits.ts';

const Translations = AdminEpisode.entries.translations;

/** Names of outer columns are written out: a column of a select's one table has none, and would be the inner table's. */
export const adminEpisodes = (db: Db) =>
  db
    .select({
      ...getTableColumns(episodes),
      latestJobId: sql<Id<'job'> | null>`(select id from jobs where episode_id = episodes.id
        order by created_at desc, id desc limit 1)`.as('latest_job'),
      translations: sql<
        AdminEpisode['translations']
      >`(select json_group_object(locale, json_object('name', name, 'synopsis', synopsis)) from episode_translations
        where episode_id = episodes.id and (name is not null or synopsis is not null))`
        .mapWith((text: string) => v.parse(Translations, JSON.parse(text)))
        .as('translations'),
    })
    .from(episodes);

type Texts = NonNullable<EpisodeFields['translations']>[string];

/**
 * Makes an episode (and its season) or changes it, at once, however often and from however many sides it is asked for.
 * @param ids used where something is made
 */
export async function upsertEpisode(
  db: Db,
  place: { titleId: Id<'title'>; season: number; number: number },
  { translations = {}, ...fields }: EpisodeFields,
  ids: { season: Id<'season'>; episode: Id<'episode'> },
  now: number,
): Promise<AdminEpisodeRow> {
  const { titleId, season, number } = place;
  const inSeason = and(eq(seasons.titleId, titleId), eq(seasons.number, season));
  const here = and(eq(episodes.titleId, titleId), eq(episodes.season, season), eq(episodes.number, number));
  const episodeId = sql`(${db.select({ id: episodes.id }).from(episodes).where(here)})`;
  await db.batch([
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
        set: { ...defined(fields), updatedAt: now },
      }),
    ...Object.entries(translations).map(([locale, given]) => translate(db, episodeId, locale, given)),
  ]);
  const [row] = await adminEpisodes(db).where(here);
  if (!row) throw new Error(`no episode ${season}x${number} of ${titleId} after its upsert`);
  return row;
}

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
