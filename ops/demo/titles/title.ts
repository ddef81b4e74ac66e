import type { NewTitle } from '../../../schema/api/editing.ts';
import type { BusinessModel } from '../../../schema/plans.ts';
import type { relationKinds } from '../../../schema/catalog-terms.ts';

/** The words a demo title may use for its genres, so that browsing by genre finds company. */
export const genres = [
  'Action',
  'Adventure',
  'Comedy',
  'Drama',
  'Fantasy',
  'Food',
  'Historical',
  'Horror',
  'Music',
  'Mystery',
  'Romance',
  'School',
  'Sci-Fi',
  'Slice of Life',
  'Sports',
  'Supernatural',
] as const;

export type DemoEpisode = {
  name: string;
  synopsis?: string;
  /** The same in Japanese. */
  ja: { name: string; synopsis?: string };
  /** Days from the day the demo is made; negative is in the past. */
  airs?: number;
  season?: number;
  kind?: 'story' | 'recap' | 'filler' | 'special';
  /** The film that is drawn, uploaded and transcoded for it. */
  film?: 1 | 2;
};

/** What not every title has something to say about. */
type Sometimes = 'draft' | 'people' | 'localNames' | 'originalLanguage' | 'malId' | 'anilistId';
export type DemoTitle = Required<Omit<NewTitle, 'names' | 'genres' | 'year' | 'cour' | Sometimes>> & {
  people: NonNullable<NewTitle['people']>;
  /** What other titles of this world are to it, by their slugs; they are the inverse by themselves. */
  relations?: { to: string; kind: (typeof relationKinds)[number] }[];
  /** How it may be paid for; left out: it is free. */
  models?: BusinessModel[];
  slug: string;
  names: { main: string; native: string; english: string };
  year: number;
  cour: NonNullable<NewTitle['cour']> | null;
  genres: (typeof genres)[number][];
  synopsis: { en: string; ja: string };
  episodes: DemoEpisode[];
};
