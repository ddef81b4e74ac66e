import type { InferOutput } from 'valibot';
import type {
  AdminEpisode,
  AdminEpisodeCard,
  AdminTitle,
  NewTitle,
  TitleChange,
} from '../../schema/api/editing.ts';
import type { titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import { image, titleCard, type EpisodeRow, type TitleRow } from './cards.ts';

// Between what editors send and see, and rows.

export type AdminTitleRow = TitleRow & {
  synopsis: Record<string, string>;
  localNames: Record<string, string>;
};
export type AdminEpisodeRow = EpisodeRow & {
  latestJobId: Id<'job'> | null;
  translations: AdminEpisode['translations'];
};

/** Texts of one locale: what is set of it, null to take it away. */
export type Translation = { locale: string; name?: string | null; synopsis?: string | null };
/** What is set of names and synopses by locale, a row a locale. */
export function translationsOf({
  localNames = {},
  synopsis = {},
}: Pick<TitleChange, 'localNames' | 'synopsis'>) {
  const locales = new Set([...Object.keys(localNames), ...Object.keys(synopsis)]);
  return [...locales].map((locale): Translation => ({
    locale,
    ...(locale in localNames ? { name: localNames[locale] || null } : {}),
    ...(locale in synopsis ? { synopsis: synopsis[locale] || null } : {}),
  }));
}

/** Columns that stand in a title and in a change of one under the same name. */
const plainColumns = (given: Omit<TitleChange, 'names' | 'synopsis' | 'localNames'>) =>
  defined({
    slug: given.slug,
    kind: given.kind,
    status: given.status,
    year: given.year,
    cour: given.cour,
    ageRating: given.ageRating,
    genres: given.genres,
    tags: given.tags,
    synonyms: given.synonyms,
    studio: given.studio,
    originalLanguage: given.originalLanguage,
    malId: given.malId,
    anilistId: given.anilistId,
    people: given.people,
  });

/** The row of a new title; what is not said starts as an announced series for everybody. */
export const newTitleRow = (
  given: InferOutput<typeof NewTitle>,
  id: Id<'title'>,
  slug: string,
  now: number,
): typeof titles.$inferInsert => ({
  kind: 'series',
  status: 'announced',
  ageRating: 'all',
  ...plainColumns(given),
  id,
  slug,
  draft: given.draft ?? false,
  nameMain: given.names.main,
  nameNative: given.names.native ?? null,
  nameEnglish: given.names.english ?? null,
  createdAt: now,
  updatedAt: now,
});

/** The columns that a change names. */
export const changedColumns = (given: TitleChange) => ({
  ...plainColumns(given),
  ...defined({
    nameMain: given.names?.main,
    nameNative: given.names?.native,
    nameEnglish: given.names?.english,
  }),
});

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
/** Without the fields that hold undefined: Drizzle would take them for their defaults. */
export const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;

export const adminTitle = (row: AdminTitleRow): AdminTitle => ({
  ...titleCard(row),
  logo: image(row.logo),
  synonyms: row.synonyms,
  studio: row.studio,
  tags: row.tags,
  people: row.people,
  originalLanguage: row.originalLanguage,
  malId: row.malId,
  anilistId: row.anilistId,
  synopsis: row.synopsis,
  localNames: row.localNames,
  takenDownAt: row.takenDownAt,
  draft: row.draft,
  publishAt: row.publishAt,
  revision: row.revision,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

type LongColumn = 'synopsis' | 'translations' | 'chapters' | 'markers' | 'editedMarkers';
/** What of an episode stands in lists and on its page alike. */
const episodeFacts = (row: Omit<AdminEpisodeRow, LongColumn>) => ({
  id: row.id,
  titleId: row.titleId,
  season: row.season,
  number: row.number,
  kind: row.kind,
  name: row.name,
  airsAt: row.airsAt,
  absoluteNumber: row.absoluteNumber,
  assetId: row.assetId,
  publishedAt: row.publishedAt,
  takenDownAt: row.takenDownAt,
  publishAssetId: row.publishAssetId,
  publishAt: row.publishAt,
  publishRefused: row.publishRefused,
  latestJobId: row.latestJobId,
  revision: row.revision,
  updatedAt: row.updatedAt,
});

export const adminEpisode = (row: AdminEpisodeRow): AdminEpisode => ({
  ...episodeFacts(row),
  synopsis: row.synopsis,
  translations: row.translations,
});

export type EpisodeListRow = Omit<AdminEpisodeRow, LongColumn> & { titleName: string };
export const adminEpisodeCard = (row: EpisodeListRow): AdminEpisodeCard => ({
  ...episodeFacts(row),
  titleName: row.titleName,
  readyAssetId: row.readyAssetId,
});
