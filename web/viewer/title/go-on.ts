import type { EpisodeCard, Title } from '../../../schema/api/catalog.ts';
import type { TitleForMe } from '../../../schema/api/library.ts';

/** What to watch of a title now: where its viewer stands, else its first episode that plays; null where none does. */
export function goOn(
  { seasons }: Pick<Title, 'seasons'>,
  next: TitleForMe['next'],
): { episode: EpisodeCard; resumes: boolean; first: boolean } | null {
  const playable = seasons.flatMap(({ episodes }) => episodes).filter((episode) => episode.playable);
  const own = next && playable.find(({ id }) => id === next.episodeId);
  if (own) return { episode: own, resumes: (next.position ?? 0) > 0, first: next.first };
  // Specials stand in a season of their own, 0, before the first.
  const episode = playable.find(({ season }) => season > 0) ?? playable[0];
  return episode ? { episode, resumes: false, first: true } : null;
}

/** The episode that comes out next, of those whose time is known. */
export const nextToAir = (
  { seasons }: Pick<Title, 'seasons'>,
  now: number,
): (EpisodeCard & { airsAt: number }) | null =>
  seasons
    .flatMap(({ episodes }) => episodes)
    .filter(
      (episode): episode is EpisodeCard & { airsAt: number } =>
        !episode.playable && episode.airsAt !== null && episode.airsAt > now,
    )
    .sort((a, b) => a.airsAt - b.airsAt)[0] ?? null;
