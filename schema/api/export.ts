import * as v from 'valibot';
import { ageRatings } from '../catalog-terms.ts';
import { entryKinds } from '../book-terms.ts';
import { idSchema } from '../ids.ts';
import { businessModels, givenBy, sources, subscriptionStates } from '../plans.ts';
import { roles } from './accounts.ts';
import { watchStates } from '../library-terms.ts';
import { avatars, Consent, WatchPreferences } from './me.ts';
import { TrackChoice } from './playback.ts';

const at = v.number();
const watchedEpisode = {
  /** As it is called now; null: it is not in the catalogue any more. */
  title: v.nullable(v.string()),
  titleId: idSchema('title'),
  season: v.nullable(v.number()),
  episode: v.nullable(v.number()),
  episodeId: idSchema('episode'),
};

/**
 * `GET /api/me/export`: everything that is kept about somebody, as one JSON document (GDPR articles 15 and 20). Times are ms UTC, lengths
 * seconds; languages BCP 47, countries ISO 3166-1. A field may be added at any time; `version` counts up when one changes or goes.
 * No secrets: of passwords, PINs, second factors and passkeys it says only that they are there.
 */
export const MyExport = v.object({
  format: v.literal('engawa-export'),
  version: v.literal(1),
  exportedAt: at,
  account: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      email: v.string(),
      emailVerified: v.boolean(),
      image: v.nullable(v.string()),
      role: v.picklist(roles),
      twoFactorEnabled: v.boolean(),
      createdAt: at,
      updatedAt: at,
      /** When it will be deleted, and an admin's reason for it. */
      closesAt: v.nullable(at),
      closesBecause: v.nullable(v.string()),
    }),
  ),
  /** How one signs in: `credential` is a password. */
  waysToSignIn: v.array(v.object({ provider: v.string(), createdAt: at, updatedAt: at })),
  passkeys: v.array(v.object({ name: v.string(), createdAt: at, usedAt: v.nullable(at) })),
  /** Browsers that are signed in. */
  devices: v.array(
    v.object({
      ipAddress: v.nullable(v.string()),
      userAgent: v.nullable(v.string()),
      city: v.nullable(v.string()),
      country: v.nullable(v.string()),
      signedInAt: at,
      /** When it was shown once more that it is they; null: only on signing in. */
      provedAt: v.nullable(at),
      lastSeenAt: at,
      expiresAt: at,
    }),
  ),
  profiles: v.array(
    v.object({
      id: idSchema('profile'),
      name: v.string(),
      avatar: v.picklist(avatars),
      ageCeiling: v.picklist(ageRatings),
      locked: v.boolean(),
      preferences: WatchPreferences,
      /** New episodes up to then were seen in the list of notices. */
      noticesSeenAt: at,
      createdAt: at,
      updatedAt: at,
    }),
  ),
  consents: v.array(Consent),
  /** Every plan that one is or was on, paid for or given. */
  subscription: v.array(
    v.object({
      id: idSchema('subscription'),
      plan: v.string(),
      source: v.picklist(sources),
      since: at,
      until: v.nullable(at),
      reason: v.nullable(v.string()),
      giftId: v.nullable(v.string()),
      /** Null from here on for what was given. */
      stripeId: v.nullable(v.string()),
      priceId: v.nullable(v.string()),
      state: v.nullable(v.picklist(subscriptionStates)),
      periodStart: v.nullable(at),
      periodEnd: v.nullable(at),
      trialEnd: v.nullable(at),
      cancelAt: v.nullable(at),
      pausedAt: v.nullable(at),
      resumesAt: v.nullable(at),
      pastDueSince: v.nullable(at),
      createdAt: at,
      updatedAt: at,
    }),
  ),
  purchases: v.array(
    v.object({
      id: idSchema('purchase'),
      title: v.nullable(v.string()),
      titleId: idSchema('title'),
      /** Both null: the whole title. */
      season: v.nullable(v.number()),
      episodeId: v.nullable(idSchema('episode')),
      kind: v.picklist(['rental', 'purchase']),
      source: v.picklist(sources),
      offerId: v.nullable(v.string()),
      reason: v.nullable(v.string()),
      boughtAt: at,
      beginBy: v.nullable(at),
      playsForMs: v.nullable(v.number()),
      begunAt: v.nullable(at),
      revokedAt: v.nullable(at),
      revokedBecause: v.nullable(v.string()),
      /** Smallest units of the currency, tax included. */
      amount: v.nullable(v.number()),
      currency: v.nullable(v.string()),
      stripePaymentId: v.nullable(v.string()),
    }),
  ),
  /** As Stripe knows this account. Addresses, cards and invoices are there; its portal shows them. */
  customer: v.array(v.object({ stripeId: v.string(), currency: v.nullable(v.string()), createdAt: at })),
  /** What was paid and what came back, in smallest units, tax included. */
  payments: v.array(
    v.object({
      id: v.string(),
      kind: v.picklist(entryKinds),
      at,
      country: v.nullable(v.string()),
      currency: v.string(),
      amount: v.number(),
      tax: v.number(),
      plan: v.nullable(v.string()),
      stripeSubscriptionId: v.nullable(v.string()),
      /** The time that was paid for. */
      paidFrom: v.nullable(at),
      paidUntil: v.nullable(at),
      purchaseId: v.nullable(v.string()),
      model: v.nullable(v.picklist(businessModels)),
      title: v.nullable(v.string()),
      titleId: v.nullable(idSchema('title')),
      season: v.nullable(v.number()),
      episodeId: v.nullable(v.string()),
      stripePaymentId: v.nullable(v.string()),
    }),
  ),
  /** How far each profile has come, by profile. */
  progress: v.array(
    v.object({
      profileId: idSchema('profile'),
      ...watchedEpisode,
      position: v.number(),
      duration: v.number(),
      completed: v.boolean(),
      at,
    }),
  ),
  /** The lists of all profiles. */
  watchlist: v.array(
    v.object({
      profileId: idSchema('profile'),
      title: v.nullable(v.string()),
      titleId: idSchema('title'),
      state: v.picklist(watchStates),
      score: v.nullable(v.number()),
      /** Told of new episodes since then. */
      followedAt: v.nullable(at),
      rewatched: v.number(),
      notes: v.nullable(v.string()),
      startedAt: v.nullable(at),
      finishedAt: v.nullable(at),
      stateAt: at,
      watchedAt: v.nullable(at),
      createdAt: at,
      updatedAt: at,
    }),
  ),
  /** What was chosen to hear and read, by series. */
  trackChoices: v.array(
    v.object({
      profileId: idSchema('profile'),
      title: v.nullable(v.string()),
      titleId: idSchema('title'),
      choice: TrackChoice,
      updatedAt: at,
    }),
  ),
  /** What was played, by what the server gave out; in no order. */
  plays: v.array(
    v.object({
      id: idSchema('playback'),
      ...watchedEpisode,
      country: v.nullable(v.string()),
      plan: v.nullable(v.string()),
      /** How it was paid for: by what was rented or bought, or given. */
      model: v.picklist(businessModels),
      purchaseId: v.nullable(v.string()),
      given: v.nullable(v.picklist(givenBy)),
      /** Heard for the longest, BCP 47. */
      audio: v.nullable(v.string()),
      startedAt: at,
      lastAt: at,
      seconds: v.number(),
    }),
  ),
});
export type MyExport = v.InferOutput<typeof MyExport>;
