import * as v from 'valibot';
import {
  ageRatings,
  cours,
  episodeKinds,
  imageRoles,
  orderKinds,
  relationKinds,
  titleKinds,
  titleStatuses,
} from '../catalog-terms.ts';
import { Language } from '../ladder.ts';
import { idSchema } from '../ids.ts';
import { page, PageQuery } from './page.ts';

export { ageRatings, cours, episodeKinds, imageRoles, orderKinds, relationKinds, titleKinds, titleStatuses };

/** A picture in R2, served at `src` as an immutable file. */
export const Image = v.object({
  src: v.string(),
  width: v.number(),
  height: v.number(),
  /** Base64 of a ThumbHash (https://evanw.github.io/thumbhash/). */
  thumbhash: v.nullable(v.string()),
});
export type Image = v.InferOutput<typeof Image>;

export const Names = v.object({
  /** What the site shows first: romaji unless the title is known by another name. */
  main: v.string(),
  native: v.nullable(v.string()),
  english: v.nullable(v.string()),
  /** In the best locale for the request, where it is another than the above. */
  local: v.nullable(v.string()),
});

export const TitleCard = v.object({
  id: idSchema('title'),
  slug: v.string(),
  kind: v.picklist(titleKinds),
  names: Names,
  status: v.picklist(titleStatuses),
  year: v.nullable(v.number()),
  cour: v.nullable(v.picklist(cours)),
  ageRating: v.picklist(ageRatings),
  genres: v.array(v.string()),
  poster: v.nullable(Image),
  backdrop: v.nullable(Image),
  /** Episodes that can be played. */
  episodes: v.number(),
  /** Languages that any of them can be heard and read in. */
  audio: v.array(Language),
  subtitles: v.array(Language),
});
export type TitleCard = v.InferOutput<typeof TitleCard>;

export const EpisodeCard = v.object({
  id: idSchema('episode'),
  season: v.number(),
  number: v.number(),
  absoluteNumber: v.nullable(v.number()),
  kind: v.picklist(episodeKinds),
  /** In the best locale for the request. */
  name: v.nullable(v.string()),
  synopsis: v.nullable(v.string()),
  still: v.nullable(Image),
  /** The spoiler shield is on and this was not watched: name, synopsis and still are not sent. */
  shielded: v.boolean(),
  /** Milliseconds UTC. */
  airsAt: v.nullable(v.number()),
  /** Seconds; null until published. */
  duration: v.nullable(v.number()),
  /** Languages of its audio and subtitle tracks, once published. */
  audio: v.array(Language),
  subtitles: v.array(Language),
  /** Its pictures flash in a way that can harm people with photosensitive epilepsy. */
  flashing: v.boolean(),
  playable: v.boolean(),
});
export type EpisodeCard = v.InferOutput<typeof EpisodeCard>;

export const Title = v.object({
  ...TitleCard.entries,
  logo: v.nullable(Image),
  synonyms: v.array(v.string()),
  studio: v.nullable(v.string()),
  tags: v.array(v.string()),
  /** In the best locale for the request's Accept-Language. */
  synopsis: v.nullable(v.string()),
  people: v.array(v.object({ name: v.string(), native: v.nullable(v.string()), role: v.string() })),
  relations: v.array(v.object({ kind: v.picklist(relationKinds), title: TitleCard })),
  /** Orders beside that of season and number. */
  orders: v.array(v.object({ kind: v.picklist(orderKinds), episodeIds: v.array(idSchema('episode')) })),
  /** When its newest episode became playable, ms UTC. */
  lastEpisodeAt: v.nullable(v.number()),
  seasons: v.array(
    v.object({ number: v.number(), name: v.nullable(v.string()), episodes: v.array(EpisodeCard) }),
  ),
});
export type Title = v.InferOutput<typeof Title>;

export const TitlePage = page(TitleCard);
/** `trending`: watched most these days. `aired`: by year and cour, newest first. */
export const titleSorts = ['updated', 'newest', 'name', 'trending', 'aired'] as const;
const word = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
const yearText = v.pipe(v.string(), v.regex(/^\d{4}$/, 'a year has four digits'), v.transform(Number));
/** What lists of titles can be narrowed by. `audio` and `subtitle`: a language that any episode has. `rating`: that age or younger. */
export const TitleFilter = {
  genre: v.optional(word),
  tag: v.optional(word),
  studio: v.optional(word),
  kind: v.optional(v.picklist(titleKinds)),
  status: v.optional(v.picklist(titleStatuses)),
  year: v.optional(yearText),
  cour: v.optional(v.picklist(cours)),
  rating: v.optional(v.picklist(ageRatings)),
  audio: v.optional(Language),
  subtitle: v.optional(Language),
};
export const TitleQuery = v.object({
  ...PageQuery,
  ...TitleFilter,
  sort: v.optional(v.picklist(titleSorts)),
});
export type TitleQuery = v.InferOutput<typeof TitleQuery>;

const facet = v.array(v.object({ value: v.string(), label: v.string(), count: v.number() }));
/** `GET /api/facets`, with the filter of a list: what it can be narrowed by further, the most frequent first. */
export const Facets = v.object({
  genre: facet,
  tag: facet,
  studio: facet,
  kind: facet,
  status: facet,
  year: facet,
  rating: facet,
  audio: facet,
  subtitle: facet,
});
export type Facets = v.InferOutput<typeof Facets>;
export const FacetQuery = v.object(TitleFilter);

/** `GET /api/titles/:slug/similar`: the most alike first. */
export const Similar = v.object({ items: v.array(TitleCard) });

const moment = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'milliseconds UTC'), v.transform(Number));
/** `GET /api/schedule`: at most 45 days. `dub`: in a language other than the original one. */
export const ScheduleQuery = v.object({
  from: moment,
  to: moment,
  version: v.optional(v.picklist(['sub', 'dub'])),
  /** A language that it can be heard in. */
  audio: v.optional(Language),
});
export const Schedule = v.object({
  /** By air time. */
  items: v.array(v.object({ airsAt: v.number(), episode: EpisodeCard, title: TitleCard })),
});
export type Schedule = v.InferOutput<typeof Schedule>;

/** `GET /api/episodes/:id`: what the watch page shows around the player. */
export const EpisodePage = v.object({
  episode: EpisodeCard,
  title: TitleCard,
  previous: v.nullable(EpisodeCard),
  next: v.nullable(EpisodeCard),
});
export type EpisodePage = v.InferOutput<typeof EpisodePage>;

/** `GET /api/episodes/recent`: what was published last, newest first. */
export const RecentEpisode = v.object({ episode: EpisodeCard, title: TitleCard });
export type RecentEpisode = v.InferOutput<typeof RecentEpisode>;
export const RecentPage = page(RecentEpisode);
