import type { Offered, OwnPurchase } from '../../../schema/api/billing.ts';
import type { Title } from '../../../schema/api/catalog.ts';

type Part = { season: number | null; episodeId: string | null };
type Place = { season: number; id: string };

/** Whether what is offered or was bought is this episode, its season or the whole title. */
export const holdsEpisode = (of: Part, { season, id }: Place): boolean =>
  of.episodeId === null ? of.season === null || of.season === season : of.episodeId === id;

/** One thing that can be had: renting and buying it stand side by side. `number`: of its episode. */
export type OfferedPart = Part & { number: number | null; offers: Offered[]; mine: OwnPurchase | null };

/**
 * What of a title can be had, the whole first, then its seasons, then its episodes as they are watched. What somebody has already is
 * named in the place of its price. Episodes that the page does not show are left out.
 */
export function partsOf(
  { items, mine }: { items: readonly Offered[]; mine: readonly OwnPurchase[] },
  seasons: Title['seasons'],
): OfferedPart[] {
  const episodes = seasons.flatMap(({ episodes: all }) => all);
  const places: (Part & { number: number | null })[] = [
    { season: null, episodeId: null, number: null },
    ...seasons.map(({ number }) => ({ season: number, episodeId: null, number: null })),
    ...episodes.map(({ id, season, number }) => ({ season, episodeId: id, number })),
  ];
  const isOf = (place: Part) => (of: Part) =>
    of.episodeId === place.episodeId && (place.episodeId !== null || of.season === place.season);
  return places
    .map((place) => ({
      ...place,
      offers: items.filter(isOf(place)).toSorted((one, other) => one.amount - other.amount),
      mine: mine.find(isOf(place)) ?? null,
    }))
    .filter(({ offers, mine: has }) => offers.length > 0 || has);
}
