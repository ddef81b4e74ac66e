import type { EpisodePage, Title } from '../../schema/api/catalog.ts';
import { relationKinds } from '../../schema/catalog-terms.ts';
import type { Id } from '../../schema/ids.ts';
import { episodeCard, image, titleCard } from './cards.ts';
import { bestLocale } from './locale.ts';
import { watchOrder } from './order.ts';
import type { seriesOf, titleBySlug } from './queries.ts';

type Found<Q extends (...given: never[]) => unknown> = NonNullable<Awaited<ReturnType<Q>>>;

/** What a title's page shows, from rows. */
export function titlePage(found: Found<typeof titleBySlug>, acceptLanguage: string | null): Title {
  const { title, synopses, seasons, episodes } = found;
  const locale = bestLocale(
    synopses.map((one) => one.locale),
    acceptLanguage,
  );
  // An editor may name what was taken down since.
  const there = new Set(episodes.map(({ id }) => id));
  return {
    ...titleCard(title),
    logo: image(title.logo),
    synonyms: title.synonyms,
    studio: title.studio,
    tags: title.tags,
    people: title.people,
    synopsis: synopses.find((one) => one.locale === locale)?.synopsis ?? null,
    relations: found.relations
      .map(({ relation, ...related }) => ({ kind: relation, title: titleCard(related) }))
      .sort((a, b) => relationKinds.indexOf(a.kind) - relationKinds.indexOf(b.kind)),
    orders: found.orders.map(({ kind, episodeIds }) => ({
      kind,
      episodeIds: episodeIds.filter((id) => there.has(id)),
    })),
    lastEpisodeAt: title.lastEpisodeAt,
    seasons: seasons.map(({ number, name }) => ({
      number,
      name,
      episodes: episodes.filter((e) => e.season === number).map(episodeCard),
    })),
  };
}

/** What the watch page shows around an episode: its neighbours are those that one watches before and after it. */
export function episodePage(series: Found<typeof seriesOf>, id: Id<'episode'>): EpisodePage | null {
  const list = watchOrder(
    series.episodes.filter(({ takenDownAt }) => takenDownAt === null),
    series.orders,
  );
  const at = list.findIndex((episode) => episode.id === id);
  const card = (i: number) => {
    const row = list[i];
    return row ? episodeCard(row) : null;
  };
  const episode = card(at);
  if (!episode) return null;
  return { episode, title: titleCard(series.title), previous: card(at - 1), next: card(at + 1) };
}
