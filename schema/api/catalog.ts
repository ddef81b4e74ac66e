import * as v from 'valibot';
import { ageRatings, cours, episodeKinds, imageRoles, titleKinds, titleStatuses } from '../catalog-terms.ts';
import { Language } from '../ladder.ts';
import { idSchema } from '../ids.ts';
import { page, PageQuery } from './page.ts';

export { ageRatings, cours, episodeKinds, imageRoles, titleKinds, titleStatuses };

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
});
export type TitleCard = v.InferOutput<typeof TitleCard>;

export const EpisodeCard = v.object({
  id: idSchema('episode'),
  season: v.number(),
  number: v.number(),
  kind: v.picklist(episodeKinds),
  name: v.nullable(v.string()),
  synopsis: v.nullable(v.string()),
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
  seasons: v.array(
    v.object({ number: v.number(), name: v.nullable(v.string()), episodes: v.array(EpisodeCard) }),
  ),
});
export type Title = v.InferOutput<typeof Title>;

export const TitlePage = page(TitleCard);
export const titleSorts = ['updated', 'newest', 'name'] as const;
export const TitleQuery = v.object({
  ...PageQuery,
  genre: v.optional(v.pipe(v.string(), v.maxLength(40))),
  kind: v.optional(v.picklist(titleKinds)),
  sort: v.optional(v.picklist(titleSorts)),
});

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
