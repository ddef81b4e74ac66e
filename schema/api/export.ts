import * as v from 'valibot';
import { ageRatings } from '../catalog-terms.ts';
import { idSchema } from '../ids.ts';
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
  subscription: v.array(v.object({ plan: v.string(), since: at, until: v.nullable(at), updatedAt: at })),
  purchases: v.array(
    v.object({
      id: idSchema('purchase'),
      title: v.nullable(v.string()),
      titleId: idSchema('title'),
      /** Both null: the whole title. */
      season: v.nullable(v.number()),
      episodeId: v.nullable(idSchema('episode')),
      kind: v.picklist(['rental', 'purchase']),
      boughtAt: at,
      beginBy: v.nullable(at),
      playsForMs: v.nullable(v.number()),
      begunAt: v.nullable(at),
      revokedAt: v.nullable(at),
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
      startedAt: at,
      lastAt: at,
      seconds: v.number(),
    }),
  ),
});
export type MyExport = v.InferOutput<typeof MyExport>;
