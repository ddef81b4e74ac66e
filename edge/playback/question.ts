import type { Id } from '../../schema/ids.ts';
import { chooseProfile, currentProfile, profileClaim } from '../accounts/me/current-profile.ts';
import type { Actor } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { decide } from '../rights/decide.ts';
import { planAt } from '../rights/rows.ts';
import type { Grant, Refusal } from '../rights/terms.ts';
import type { PlanTerms } from '../../schema/plans.ts';
import type { UnbegunRental } from '../../schema/problem.ts';
import { beginRental, playable, type Playable, type Watcher } from './queries.ts';

export type Asked = { actor: Actor; headers: Headers; country: string | null; at: number };
export type Granted = {
  grant: Grant;
  found: Playable;
  /** What the viewer is on: how many streams at once. */
  plan: PlanTerms;
  profile: Pick<Watcher, 'id' | 'ageCeiling' | 'position' | 'completed' | 'preferences' | 'choice'>;
};

/**
 * May this request play this episode? One D1 round trip; more only at the first play of an account that has no profile yet.
 * Where the grant `begins` a rental, `begin` it once nothing else can refuse the play.
 * @throws Problem with the refusal's reason; `pin-required`; `account-closing`; `not-signed-in`
 */
export async function mayPlay(platform: Platform, id: Id<'episode'>, asked: Asked): Promise<Granted> {
  const { actor, headers, country, at } = asked;
  const [found, claim] = await Promise.all([
    playable(platform.db, id, actor),
    profileClaim(headers, platform, actor.userId),
  ]);
  if (!found) throw refusal({ granted: false, reason: 'not-found', retryAt: null, offer: null });
  if (found.signedOut) throw new Problem('not-signed-in', 'This device has been signed out.');
  // Whoever closed their account was signed out everywhere; a token for tools outlives that.
  if (found.closesAt !== null)
    throw new Problem(
      'account-closing',
      'Keep the account first, if it was you who closed it: POST /api/me/keep.',
    );
  const profile = await watcherOf(platform, found, claim, asked);
  const { subscriptions, purchases } = found;
  const viewer = { country, signedIn: true, ageCeiling: profile.ageCeiling, subscriptions, purchases };
  const answer = decide(viewer, found.episode, found.rights, at);
  if (!answer.granted) throw refusal(answer);
  return { grant: answer, found, plan: planAt(subscriptions, at), profile };
}

async function watcherOf(
  platform: Platform,
  { watchers }: Playable,
  claim: Awaited<ReturnType<typeof profileClaim>>,
  { actor, headers }: Asked,
): Promise<Granted['profile']> {
  const choice = chooseProfile(watchers, claim);
  if ('profile' in choice) return choice.profile;
  if (choice.refused === 'no-profile')
    return {
      ...(await currentProfile(platform, actor, headers)),
      position: null,
      completed: null,
      choice: null,
    };
  throw new Problem('pin-required', 'Enter a profile first: POST /api/me/profiles/{id}/enter with its PIN.');
}

/**
 * The grant as it stands once the rental it begins has begun: by what D1 says, as another device may have begun it a moment ago.
 * @throws Problem `purchase-required` where it was revoked, or its time ran out, in between
 */
export async function begin({ db }: Platform, grant: Grant, at: number): Promise<Grant> {
  if (grant.begins === null) return grant;
  const over = await beginRental(db, grant.begins, at);
  if (over === 'gone' || (over !== null && over <= at))
    throw refusal({ granted: false, reason: 'purchase-required', retryAt: null, offer: null });
  return over === null ? grant : { ...grant, until: Math.min(grant.until ?? Infinity, over) };
}

/** The rental whose time a play under this grant begins; null: none. */
export function unbegun({ begins }: Grant, { purchases }: Playable): UnbegunRental | null {
  const rental = purchases.find(({ id }) => id === begins);
  return rental ? { playsForMs: rental.playsForMs, beginBy: rental.beginBy } : null;
}

/** Reasons are problem codes, word for word; the type of `Problem` holds them to it. */
const refusal = ({ reason, retryAt, offer }: Refusal): Problem =>
  new Problem(reason, { ...(retryAt === null ? {} : { retryAt }), ...(offer ? { offer } : {}) });
