import { worldStates, type World, type WorldState } from '../../schema/api/rights-room.ts';
import { countryCodes } from '../../schema/countries.ts';
import { covers, holdsBack } from './rows.ts';
import type { Rights, Subject, Viewer } from './terms.ts';
import { trace } from './trace.ts';

/** What a viewer is answered, as a map shows it. `at`: until when, or from when. */
export type Standing = { state: WorldState; at: number | null };

/** The answer of `decide`, and of its trace where a refusal has more than one cause. The viewer is signed in: a map is of people. */
export function standing(viewer: Viewer, episode: Subject, rights: Rights, now: number): Standing {
  const { answer, licences } = trace({ ...viewer, signedIn: true }, episode, rights, now);
  if (answer.granted) return { state: answer.early ? 'early' : 'open', at: answer.until };
  const { reason, retryAt, offer } = answer;
  const later = retryAt ?? offer?.at ?? null;
  const says = new Set(licences.map(({ verdict }) => verdict));
  // A row that is held back is open otherwise; one that has not aired or is not paid for is not held back.
  const held =
    says.has('held-back') && !says.has('not-aired') && !says.has('not-paid') && !says.has('applies');
  switch (reason) {
    case 'not-found':
    case 'not-signed-in':
      return { state: 'unpublished', at: null };
    case 'taken-down':
    case 'age-restricted':
      return { state: reason, at: null };
    case 'not-in-territory':
      return { state: held ? 'held-back' : 'never', at: null };
    case 'window-ended':
      return { state: held ? 'held-back' : 'ended', at: null };
    case 'plan-required':
      return { state: 'plan', at: retryAt };
    case 'purchase-required':
      return { state: 'purchase', at: retryAt };
    case 'not-yet':
      if (offer?.plans && offer.at <= now) return { state: 'early-only', at: retryAt };
      return { state: held ? 'held-back' : 'not-yet', at: later };
    default:
      return reason satisfies never;
  }
}

/** The best of several, with the first time of those that are as good. */
function best(standings: readonly Standing[]): Standing {
  const state =
    worldStates.find((one) => standings.some((standing) => standing.state === one)) ?? 'unpublished';
  const times = standings.flatMap((one) => (one.state === state && one.at !== null ? [one.at] : []));
  return { state, at: times.length > 0 ? Math.min(...times) : null };
}

/**
 * Where in the world a viewer may watch some episodes: what `decide` answers in every country, and where the country is not known. It is
 * asked once for all countries that the same rows are about, as a country is nothing else to it.
 * @param viewer its country is not looked at
 */
export function world(
  viewer: Viewer,
  episodes: readonly Subject[],
  rights: Rights,
  now: number,
): World['countries'] {
  const like = (country: string | null) =>
    [
      ...rights.licences.map((row) => covers(row, country)),
      ...rights.holdbacks.map((row) => holdsBack(row, country)),
    ]
      .map(Number)
      .join('');
  const answers = new Map<string, Standing & { open: number }>();
  return [...countryCodes, null].map((country) => {
    const key = like(country);
    let answer = answers.get(key);
    if (!answer) {
      const all = episodes.map((episode) => standing({ ...viewer, country }, episode, rights, now));
      const open = all.filter(({ state }) => state === 'open' || state === 'early').length;
      answers.set(key, (answer = { ...best(all), open }));
    }
    return { country, ...answer };
  });
}
