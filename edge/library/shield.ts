import type { EpisodeCard } from '../../schema/api/catalog.ts';
import type { Play } from '../../schema/api/playback.ts';
import type { Id } from '../../schema/ids.ts';
import type { Reached } from './go-on.ts';

type Watched = Pick<Reached, 'completed' | 'position'>;

/**
 * The spoiler shield (ADR 0056): of an episode that was neither seen nor begun, nothing is sent that tells what happens in it. Its
 * number, length, languages and warnings stay.
 */
export function shieldCard(card: EpisodeCard, reached: Watched | undefined): EpisodeCard {
  if (reached && (reached.completed || reached.position > 0)) return card;
  return { ...card, name: null, synopsis: null, still: null, shielded: true };
}

/** For all cards of an answer to a profile. */
export const shieldFor =
  (on: boolean | undefined, reached: ReadonlyMap<string, Watched>) =>
  (card: EpisodeCard): EpisodeCard =>
    on ? shieldCard(card, reached.get(card.id)) : card;

/** Whatever has the fields of a card is one, wherever in an answer it stands. */
const isCard = (value: object): value is EpisodeCard =>
  'shielded' in value && 'synopsis' in value && 'still' in value;

/** The episodes that an answer has cards of. */
export function cardsIn(answer: unknown): Id<'episode'>[] {
  if (typeof answer !== 'object' || answer === null) return [];
  return isCard(answer) ? [answer.id] : Object.values(answer).flatMap(cardsIn);
}

/** An answer with every card in it shielded that has to be. */
export function shieldAll(answer: unknown, shield: (card: EpisodeCard) => EpisodeCard): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if (isCard(answer)) return shield(answer);
  if (Array.isArray(answer)) return answer.map((one) => shieldAll(one, shield));
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, shieldAll(value, shield)]));
}

/** What chapters of any episode are called; other names may tell what happens in this one. */
const everyEpisodes =
  /^(?:(?:avant|opening|op|intro|ending|ed|outro|credits|preview|recap|prologue|epilogue|eyecatch|part ?[a-z\d]|[a-d] ?part|chapter \d+|オープニング|エンディング|アバン|予告|[abＡＢ] ?パート)(?: ?\d+)?)$/iu;

/** The same for a play: pictures of what is still to come are not there to be looked at, chapters are numbered. */
export function shieldPlay<P extends Pick<Play, 'storyboard' | 'chapters'>>(
  play: P,
  { preferences, completed }: { preferences: { shield?: boolean }; completed: boolean | null },
): P {
  if (!preferences.shield || completed) return play;
  const chapters = play.chapters.map((chapter, i) => ({
    ...chapter,
    title: everyEpisodes.test(chapter.title.trim()) ? chapter.title : String(i + 1),
  }));
  return { ...play, storyboard: null, chapters };
}
