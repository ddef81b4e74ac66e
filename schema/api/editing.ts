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
import { Moment } from './moment.ts';
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
  /** Made for staff only until `POST …/publish`. */
  draft: v.optional(v.boolean()),
  /** By locale: `{ en: "…", ja: "…" }`. */
  synopsis: v.optional(v.pipe(v.record(locale, text), v.maxEntries(20))),
  /** What it is called elsewhere, by locale: `{ fr: "…" }`. */
  localNames: v.optional(v.pipe(v.record(locale, name), v.maxEntries(20))),
});
export type NewTitle = v.InferInput<typeof NewTitle>;
/** `PATCH /api/admin/titles/:id`: only what is named changes, also among the names; a locale's synopsis or name goes with null. */
export const TitleChange = v.partial(
  v.object({
    ...v.omit(NewTitle, ['draft']).entries,
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
  airsAt: v.optional(v.nullable(Moment)),
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
  /** A switch to another asset that is to come. */
  publishAssetId: v.nullable(idSchema('asset')),
  publishAt: v.nullable(v.number()),
  /** Why the last switch that was to come was refused when it was time, in words; publishing or scheduling anew clears it. */
  publishRefused: v.nullable(v.string()),
  /** The newest job for this episode. */
  latestJobId: v.nullable(idSchema('job')),
  /** For `If-Match: "<revision>"`. */
  revision: v.number(),
  updatedAt: v.number(),
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
  /** Still being made: only staff sees it. */
  draft: v.boolean(),
  /** When a draft is to be published, ms UTC; null: when somebody says so. */
  publishAt: v.nullable(v.number()),
  /** For `If-Match: "<revision>"`; also the answer's `ETag`. */
  revision: v.number(),
  createdAt: v.number(),
  updatedAt: v.number(),
});
export type AdminTitle = v.InferOutput<typeof AdminTitle>;
export const AdminTitlePage = page(AdminTitle);
export const AdminTitleQuery = v.object({
  ...PageQuery,
  q: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100))),
  /** `draft`: being made, also those that are to be published later; `taken-down`. */
  state: v.optional(v.picklist(['draft', 'published', 'taken-down'])),
  /** Without a picture of this kind. */
  without: v.optional(v.picklist(imageRoles)),
});
export const AdminTitleDetail = v.object({
  ...AdminTitle.entries,
  seasonList: v.array(v.object({ number: v.number(), name: v.nullable(v.string()) })),
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
const pixels = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,4}$/, 'must be a number of pixels'),
  v.transform(Number),
);
export const ImageQuery = v.object({
  width: pixels,
  height: pixels,
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
  /** Later, ms UTC: checked now, and once more when it is time. Left out: at once. */
  at: v.optional(Moment),
});

/** `POST /api/admin/titles/:id/publish`. `at` left out: at once; in the future: a draft until then. */
export const PublishTitle = v.object({ at: v.optional(Moment) });

/** `PUT /api/admin/titles/:id/seasons/:season`. */
export const SeasonPlace = v.omit(EpisodePlace, ['number']);
export const SeasonFields = v.object({ name: v.nullable(name) });

/** `GET /api/admin/episodes`: episodes of all titles, by last change, or by air time where `airs` says which. */
export const AdminEpisodeQuery = v.object({
  ...PageQuery,
  /** A part of the name of its title. */
  q: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100))),
  titleId: v.optional(idSchema('title')),
  /** `without-media`: nothing that could be published; `ready`: verified media that is not on the site; `published`. */
  state: v.optional(v.picklist(['without-media', 'ready', 'published'])),
  /** `soon`: from a day ago on, by air time. */
  airs: v.optional(v.picklist(['soon'])),
});
export const AdminEpisodeCard = v.object({
  ...v.omit(AdminEpisode, ['synopsis', 'translations']).entries,
  titleName: v.string(),
  /** Verified media that viewers do not get: the newest. */
  readyAssetId: v.nullable(idSchema('asset')),
});
export type AdminEpisodeCard = v.InferOutput<typeof AdminEpisodeCard>;
export const AdminEpisodePage = page(AdminEpisodeCard);

const someIds = <K extends 'title' | 'episode'>(kind: K) =>
  v.pipe(v.array(idSchema(kind)), v.minLength(1), v.maxLength(200));
/**
 * For bulk changes: the latest `updatedAt` that the sender has seen, ms UTC. What was changed since then is refused, also by the same
 * request that is sent again. Left out: the last write wins.
 */
const asOf = v.optional(Moment);
/** `POST /api/admin/titles/bulk`: all that is not refused in one transaction, and each one's fate. */
export const TitlesChange = v.object({
  ids: someIds('title'),
  asOf,
  status: v.optional(v.picklist(titleStatuses)),
  ageRating: v.optional(v.picklist(ageRatings)),
  year: v.optional(NewTitle.entries.year),
  cour: v.optional(NewTitle.entries.cour),
  studio: v.optional(NewTitle.entries.studio),
  addGenres: v.optional(words),
  removeGenres: v.optional(words),
  addTags: v.optional(words),
  removeTags: v.optional(words),
  /** Publishes drafts, or makes drafts of what is published. */
  draft: v.optional(v.boolean()),
});
/** `POST /api/admin/episodes/bulk`. */
export const EpisodesChange = v.object({
  ids: someIds('episode'),
  asOf,
  kind: v.optional(v.picklist(episodeKinds)),
  /** Moves air times, ms: a week later is 604800000. Those without one stay without. Send `asOf` along, or a retry moves them twice. */
  moveAirsAt: v.optional(v.pipe(v.number(), v.integer())),
  /** Gives them air times in the order of season and number: a title's first at `from`, each next `every` ms later. */
  airsFrom: v.optional(v.object({ from: Moment, every: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
  /** Takes them off the site; at most 50 in a request, by itself, as `publish` too. */
  unpublish: v.optional(v.literal(true)),
  /** Puts the newest verified asset of each on the site. */
  publish: v.optional(v.literal(true)),
});
export const BulkAnswer = v.object({
  items: v.array(
    v.object({
      id: v.string(),
      fate: v.picklist(['changed', 'same', 'refused']),
      /** Why it was refused, in words. */
      because: v.nullable(v.string()),
    }),
  ),
});
export type BulkAnswer = v.InferOutput<typeof BulkAnswer>;

/**
 * `POST /api/admin/titles/:id/import?dryRun=true`: a season as CSV (RFC 4180, a header row) or as a JSON array of objects with the same
 * names: `season`, `number`, `name`, `synopsis`, `kind`, `airsAt` (ISO 8601 or ms UTC), `absoluteNumber`, `name.ja`, `synopsis.ja` …
 * Empty cells leave what is there. All rows or none.
 */
export const ImportQuery = v.object({ dryRun: v.optional(v.picklist(['true', 'false']), 'false') });
/** `GET /api/admin/titles/:id/export`: what `import` takes, and changes nothing when it does. */
export const ExportQuery = v.object({ format: v.picklist(['csv', 'json']) });
export const ImportRow = v.object({
  /** As a spreadsheet counts: the header is row 1, and stands here where it is wrong. Of JSON, the first object is row 1. */
  row: v.number(),
  season: v.nullable(v.number()),
  number: v.nullable(v.number()),
  fate: v.picklist(['new', 'change', 'same', 'refused']),
  changes: v.array(
    v.object({ field: v.string(), before: v.nullable(v.string()), after: v.nullable(v.string()) }),
  ),
  /** What is wrong with it and how to mend it. */
  problems: v.array(v.string()),
});
export const SeasonImport = v.object({
  /** False: a dry run, or rows that were refused: nothing was changed. */
  applied: v.boolean(),
  rows: v.array(ImportRow),
});
export type SeasonImport = v.InferOutput<typeof SeasonImport>;
