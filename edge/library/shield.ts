import type { EpisodeCard } from '../../schema/api/catalog.ts';
import type { Reached } from './go-on.ts';

/**
 * The spoiler shield (ADR 0056): of an episode that was neither seen nor begun, nothing is sent that tells what happens in it. Its
 * number, length, languages and warnings stay.
 */
export function shieldCard(
  card: EpisodeCard,
  reached: Pick<Reached, 'completed' | 'position'> | undefined,
): EpisodeCard {
  if (reached && (reached.completed || reached.position > 0)) return card;
  return { ...card, name: null, synopsis: null, still: null, shielded: true };
}

/** For all cards of an answer to a profile. */
export const shieldFor =
  (on: boolean | undefined, reached: ReadonlyMap<string, Reached>) =>
  (card: EpisodeCard): EpisodeCard =>
    on ? shieldCard(card, reached.get(card.id)) : card;
