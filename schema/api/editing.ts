import * as v from 'valibot';
import {
  ageRatings,
  cours,
  episodeKinds,
  Image,
  imageRoles,
  orderKinds,
  relationKinds,
  Title,
  titleKinds,
  titleStatuses,
} from './catalog.ts';
import { idSchema } from '../ids.ts';
import { Language } from '../ladder.ts';
import { page, PageQuery } from './page.ts';

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const words = v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))), v.maxLength(40));
const locale = v.pipe(v.string(), v.regex(/^[a-z]{2}$/, 'must be an ISO 639-1 code'));
const text = v.pipe(v.string(), v.trim(), v.maxLength(5_000));

const elsewhere = v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))));
const person = v.object({
  name,
  native: v.optional(v.nullable(name), null),
  /** In English: Director, Character design, Voice of Kotori. */
  role: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
});

/** `POST /api/admin/titles`. A slug is made from the name where none is given, and made unique. */
export const NewTitle = v.object({
  names: v.object({
    main: name,
    native: v.optional(v.nullable(name)),
    english: v.optional(v.nullable(name)),
  }),
  slug: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens'),
      v.maxLength(80),
    ),
  ),
  kind: v.optional(v.picklist(titleKinds)),
  status: v.optional(v.picklist(titleStatuses)),
  year: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2200)))),
  cour: v.optional(v.nullable(v.picklist(cours))),
  ageRating: v.optional(v.picklist(ageRatings)),
  genres: v.optional(words),
  tags: v.optional(words),
  synonyms: v.optional(words),
  studio: v.optional(v.nullable(name)),
  /** Of what is spoken in the original; every other language is a dub. Left out: `ja`. */
  originalLanguage: v.optional(Language),
  /** Its ids at MyAnimeList and AniList. */
  malId: elsewhere,
  anilistId: elsewhere,
  people: v.optional(v.pipe(v.array(person), v.maxLength(200))),
  /** By locale: `{ en: "…", ja: "…" }`. */
  synopsis: v.optional(v.pipe(v.record(locale, text), v.maxEntries(20))),
  /** What it is called elsewhere, by locale: `{ fr: "…" }`. */
  localNames: v.optional(v.pipe(v.record(locale, name), v.maxEntries(20))),
});
export type NewTitle = v.InferInput<typeof NewTitle>;
/** `PATCH /api/admin/titles/:id`: only what is named changes, also among the names; a locale's synopsis or name goes with null. */
export const TitleChange = v.partial(
  v.object({
    ...NewTitle.entries,
    names: v.partial(NewTitle.entries.names),
    synopsis: v.pipe(v.record(locale, v.nullable(text)), v.maxEntries(20)),
    localNames: v.pipe(v.record(locale, v.nullable(name)), v.maxEntries(20)),
  }),
);
export type TitleChange = v.InferOutput<typeof TitleChange>;

const wholeNumber = (digits: number) =>
  v.pipe(
    v.string(),
    v.regex(new RegExp(`^\\d{1,${digits}}$`), 'must be a whole number'),
    v.transform(Number),
  );
/** Where an episode stands. Season 0 holds specials. */
export const EpisodePlace = v.object({
  id: idSchema('title'),
  season: wholeNumber(3),
  number: wholeNumber(5),
});

/** `PUT /api/admin/titles/:id/seasons/:season/episodes/:number`: makes the season and the episode, or changes the episode. */
export const EpisodeFields = v.object({
  name: v.optional(v.nullable(name)),
  synopsis: v.optional(v.nullable(text)),
  kind: v.optional(v.picklist(episodeKinds)),
  /** Milliseconds UTC. */
  airsAt: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  /** Counted through all seasons, as long-running series are. */
  absoluteNumber: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  /** By locale; only what is named changes, null takes it away. `name` and `synopsis` above are shown where none fits. */
  translations: v.optional(
    v.pipe(
      v.record(
        locale,
        v.object({ name: v.optional(v.nullable(name)), synopsis: v.optional(v.nullable(text)) }),
      ),
      v.maxEntries(20),
    ),
  ),
});
export type EpisodeFields = v.InferOutput<typeof EpisodeFields>;

/** An episode as editors see it. */
export const AdminEpisode = v.object({
  id: idSchema('episode'),
  titleId: idSchema('title'),
  season: v.number(),
  number: v.number(),
  kind: v.picklist(episodeKinds),
  name: v.nullable(v.string()),
  synopsis: v.nullable(v.string()),
  airsAt: v.nullable(v.number()),
  absoluteNumber: v.nullable(v.number()),
  translations: v.record(
    v.string(),
    v.object({ name: v.nullable(v.string()), synopsis: v.nullable(v.string()) }),
  ),
  /** The asset that viewers get now. */
  assetId: v.nullable(idSchema('asset')),
  publishedAt: v.nullable(v.number()),
  /** Viewers do not see it; why, `GET /api/admin/titles/:id/takedowns` says. */
  takenDownAt: v.nullable(v.number()),
  /** The newest job for this episode. */
  latestJobId: v.nullable(idSchema('job')),
});
export type AdminEpisode = v.InferOutput<typeof AdminEpisode>;

export const AdminTitle = v.object({
  ...v.omit(Title, ['seasons', 'synopsis', 'relations', 'orders', 'lastEpisodeAt']).entries,
  originalLanguage: Language,
  malId: v.nullable(v.number()),
  anilistId: v.nullable(v.number()),
  synopsis: v.record(v.string(), v.string()),
  localNames: v.record(v.string(), v.string()),
  /** Viewers do not see it. */
  takenDownAt: v.nullable(v.number()),
  createdAt: v.number(),
  updatedAt: v.number(),
});
export type AdminTitle = v.InferOutput<typeof AdminTitle>;
export const AdminTitlePage = page(AdminTitle);
export const AdminTitleQuery = v.object({
  ...PageQuery,
  q: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100))),
});
export const AdminTitleDetail = v.object({
  ...AdminTitle.entries,
  episodeList: v.array(AdminEpisode),
  relations: v.array(
    v.object({ kind: v.picklist(relationKinds), id: idSchema('title'), slug: v.string(), name: v.string() }),
  ),
  orders: Title.entries.orders,
});
export type AdminTitleDetail = v.InferOutput<typeof AdminTitleDetail>;

/** `PUT` and `DELETE /api/admin/titles/:id/relations/:relatedId`: of both titles at once, the other one's is the inverse. */
export const RelationPlace = v.object({ id: idSchema('title'), relatedId: idSchema('title') });
/** The related title is this one's … */
export const Relation = v.object({ kind: v.picklist(relationKinds) });

/** `PUT` and `DELETE /api/admin/titles/:id/orders/:kind`. */
export const OrderPlace = v.object({ id: idSchema('title'), kind: v.picklist(orderKinds) });
/** Episodes of the title, each once; what is not named keeps its usual place. */
export const EpisodeOrder = v.object({
  episodeIds: v.pipe(
    v.array(idSchema('episode')),
    v.minLength(1),
    v.maxLength(3_000),
    v.check((ids) => new Set(ids).size === ids.length, 'name each episode once'),
  ),
});

/** `PUT /api/admin/titles/:id/images/:role`: the body is the file itself. */
export const ImagePlace = v.object({ id: idSchema('title'), role: v.picklist(imageRoles) });
export const ImageQuery = v.object({
  width: v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number)),
  height: v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number)),
  thumbhash: v.optional(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{4,56}={0,2}$/, 'must be base64 of a ThumbHash')),
  ),
});
export const SavedImage = Image;

/** `POST /api/admin/episodes/:id/publish`: one atomic switch to a verified asset. */
export const Publish = v.object({
  assetId: idSchema('asset'),
  /** Publishes in spite of warnings that block it; kept with the asset. */
  override: v.optional(
    v.object({ reason: v.pipe(v.string(), v.trim(), v.minLength(3, 'say why'), v.maxLength(500)) }),
  ),
});
