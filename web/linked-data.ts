import type { EpisodeCard, Image, Title, TitleCard } from '../schema/api/catalog.ts';
import { to } from './paths.ts';
import type { Head, Here } from './visit.ts';

// schema.org in JSON-LD, as search engines ask for it: https://developers.google.com/search/docs/appearance/structured-data

type Thing = Record<string, unknown>;
type LinkedData = NonNullable<Head['linkedData']>;
const CONTEXT = 'https://schema.org';

const absolute = ({ visit }: Here, path: string) => new URL(path, visit.origin).href;
const day = (at: number) => new Date(at).toISOString().slice(0, 10);
const pictures = (here: Here, ...images: (Image | null)[]): Thing => {
  const found = images.flatMap((image) => (image ? [absolute(here, image.src)] : []));
  return found.length > 0 ? { image: found } : {};
};
const titleUrl = (here: Here, { slug }: Pick<TitleCard, 'slug'>) => absolute(here, to('title', { slug }));

/** The way to a page from the top: names and paths, the page itself last. */
export const breadcrumbs = (here: Here, way: readonly (readonly [name: string, path: string])[]): Thing => ({
  '@context': CONTEXT,
  '@type': 'BreadcrumbList',
  itemListElement: way.map(([name, path], i) => ({
    '@type': 'ListItem',
    position: i + 1,
    name,
    item: absolute(here, path),
  })),
});

const episode = (here: Here, of: EpisodeCard): Thing => ({
  '@type': 'TVEpisode',
  name: of.name ?? here.t('episode.number', { number: of.number }),
  episodeNumber: of.number,
  url: absolute(here, to('watch', { episode: of.id })),
  ...(of.airsAt === null ? {} : { datePublished: day(of.airsAt) }),
});

/** A film, or a series with its seasons. What is kept from the visitor is not in it either: the API did not send it. */
export function titleData(here: Here, title: Title): LinkedData {
  const { names } = title;
  const common: Thing = {
    '@context': CONTEXT,
    name: names.main,
    alternateName: [names.native, names.english, names.local, ...title.synonyms].filter(Boolean),
    url: titleUrl(here, title),
    ...(title.synopsis ? { description: title.synopsis } : {}),
    ...pictures(here, title.poster, title.backdrop),
    ...(title.year ? { datePublished: String(title.year) } : {}),
    ...(title.studio ? { productionCompany: { '@type': 'Organization', name: title.studio } } : {}),
    genre: title.genres,
  };
  const episodes = title.seasons.flatMap((season) => season.episodes);
  const kind: Thing =
    title.kind === 'movie'
      ? { '@type': 'Movie' }
      : {
          '@type': 'TVSeries',
          numberOfSeasons: title.seasons.length,
          numberOfEpisodes: episodes.length,
          containsSeason: title.seasons.map((season) => ({
            '@type': 'TVSeason',
            seasonNumber: season.number,
            name: season.name ?? here.t('title.season', { number: season.number }),
            numberOfEpisodes: season.episodes.length,
            episode: season.episodes.map((of) => episode(here, of)),
          })),
        };
  return [
    { ...common, ...kind },
    breadcrumbs(here, [
      [here.t('site.name'), '/'],
      [here.words('pages')('browse.title'), to('browse')],
      [names.main, to('title', { slug: title.slug })],
    ]),
  ];
}

/**
 * An episode and its video. A video needs a picture and the day it was put up; where neither is known, or nobody may see it yet, there
 * is none. No file is named: films play with a licence only.
 */
export function episodeData(
  here: Here,
  { episode: of, title }: { episode: EpisodeCard; title: TitleCard },
): LinkedData {
  const path = to('watch', { episode: of.id });
  const name = of.name ?? here.t('episode.number', { number: of.number });
  const image = of.still ?? title.backdrop;
  const video =
    of.playable && image && of.duration !== null && of.airsAt !== null
      ? {
          '@type': 'VideoObject',
          name: `${title.names.main}: ${name}`,
          description: of.synopsis ?? `${title.names.main}: ${name}`,
          thumbnailUrl: [absolute(here, image.src)],
          uploadDate: new Date(of.airsAt).toISOString(),
          duration: `PT${Math.round(of.duration)}S`,
          requiresSubscription: true,
        }
      : null;
  return [
    {
      '@context': CONTEXT,
      ...episode(here, of),
      ...(of.synopsis ? { description: of.synopsis } : {}),
      ...pictures(here, image),
      partOfSeason: { '@type': 'TVSeason', seasonNumber: of.season },
      partOfSeries: { '@type': 'TVSeries', name: title.names.main, url: titleUrl(here, title) },
      ...(of.duration === null ? {} : { timeRequired: `PT${Math.round(of.duration)}S` }),
      ...(video ? { video } : {}),
    },
    breadcrumbs(here, [
      [here.t('site.name'), '/'],
      [title.names.main, to('title', { slug: title.slug })],
      [name, path],
    ]),
  ];
}
