import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { ageRatings } from '../catalog-terms.ts';
import { avatars } from '../profile-terms.ts';
import { LiveStream } from '../problem.ts';
import { Device, Email, roles } from './accounts.ts';
import { Consent } from './me.ts';
import { page, PageQuery } from './page.ts';

/*
 * What staff see and do of people (admins only). Addresses are masked, `mi…@example.com`, until somebody asks for one with a reason,
 * which the audit log keeps. Nothing here ever holds a password, a token, a PIN, a key's public half or an address of the network.
 */

/** Why staff do something to somebody, in words that they, or the log, will show. */
const reason = v.pipe(v.string(), v.trim(), v.minLength(3, 'say why, in a few words'), v.maxLength(500));
const country = v.pipe(
  v.string(),
  v.toUpperCase(),
  v.regex(/^[A-Z]{2}$/, 'two letters, as ISO 3166-1 has them'),
);

/** Somebody in a list. */
export const Person = v.object({
  id: v.string(),
  name: v.string(),
  /** Masked. */
  email: v.string(),
  emailVerified: v.boolean(),
  role: v.picklist(roles),
  /** The plan they were put on last; null: the base plan. `planUntil`: when it ends, or did, ms UTC; null: it does not. */
  planId: v.nullable(v.string()),
  planUntil: v.nullable(v.number()),
  /** When the account is deleted, ms UTC; null: it is not. */
  closesAt: v.nullable(v.number()),
  createdAt: v.number(),
});
export type Person = v.InferOutput<typeof Person>;
export const personStates = ['closing', 'unverified'] as const;
/**
 * `GET /api/admin/users`: the newest first; who is about to be deleted, the soonest first; by `q`, the beginning of an e-mail address or a
 * name, in that order. One of these at a time, each along an index of its own.
 */
export const PeopleQuery = v.object({
  ...PageQuery,
  q: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(254))),
  role: v.optional(v.picklist(roles)),
  plan: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))),
  state: v.optional(v.picklist(personStates)),
});
export type PeopleQuery = v.InferOutput<typeof PeopleQuery>;
export const PeoplePage = page(Person);

/** An account as support sees it: `GET /api/admin/users/:id`. That it was opened stands in the audit log, once a quarter of an hour. */
export const Account = v.object({
  ...Person.entries,
  /** Why staff closed it; null: they did not. */
  closesBecause: v.nullable(v.string()),
  /** Since when they are on `planId`. */
  planSince: v.nullable(v.number()),
  /** By what they can sign in: that there is one, and no more. */
  signIn: v.object({ password: v.boolean(), app: v.boolean(), passkeys: v.number() }),
  /** Where they are signed in; `current` is false. */
  devices: v.array(Device),
  profiles: v.array(
    v.object({
      id: idSchema('profile'),
      name: v.string(),
      avatar: v.picklist(avatars),
      ageCeiling: v.picklist(ageRatings),
      locked: v.boolean(),
    }),
  ),
  /** The latest of each kind. */
  consents: v.array(Consent),
  /** Null: who plays what cannot be looked up right now. */
  streams: v.nullable(v.array(LiveStream)),
});
export type Account = v.InferOutput<typeof Account>;
export const AnyPersonId = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w|.:@-]{1,255}$/, 'is not an id')),
});
export const SessionOfPerson = v.object({
  ...AnyPersonId.entries,
  session: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
});

/** `POST /api/admin/users/:id/email`: what support has to know of somebody, with the reason, which is kept. */
export const LookedAt = v.object({ reason });
export const EmailShown = v.object({ email: v.string() });
/** `POST /api/admin/users/:id/plays` (LookedAt): the last twenty plays, as far as “it does not play” needs them: no profile, no position. */
export const RecentPlays = v.object({
  items: v.array(
    v.object({
      title: v.string(),
      season: v.number(),
      episode: v.number(),
      startedAt: v.number(),
      /** Whole minutes. */
      minutes: v.number(),
      country: v.nullable(v.string()),
    }),
  ),
});
export type RecentPlays = v.InferOutput<typeof RecentPlays>;

/** A stream that plays now, or did a moment ago. */
export const StreamNow = v.object({
  sessionId: idSchema('playback'),
  userId: v.string(),
  /** Whose it is, masked; null: the account is gone. */
  email: v.nullable(v.string()),
  titleId: idSchema('title'),
  episodeId: idSchema('episode'),
  /** What plays, and on what, in words. */
  title: v.string(),
  device: v.string(),
  /** ISO 3166-1 alpha-2; null: not known. */
  country: v.nullable(v.string()),
  /** Null: the base plan. */
  planId: v.nullable(v.string()),
  startedAt: v.number(),
  /** Lines of the best picture that it was granted; null: any. Left out: not known. */
  maxHeight: v.optional(v.nullable(v.number())),
});
export type StreamNow = v.InferOutput<typeof StreamNow>;
/** `GET /api/admin/streams`: the latest first, of all accounts. A list that is told a moment after; what ended without a word leaves in minutes. */
export const StreamsQuery = v.object({
  ...PageQuery,
  titleId: v.optional(idSchema('title')),
  country: v.optional(country),
});
export const StreamsNow = page(StreamNow);

/** `GET /api/admin/streams/summary`: how many play now, and what, where, on which plan; what is most first. */
export const StreamsSummary = v.object({
  streams: v.number(),
  accounts: v.number(),
  /** The twenty most watched; `name` null: the title is gone. */
  titles: v.array(
    v.object({ titleId: idSchema('title'), name: v.nullable(v.string()), streams: v.number() }),
  ),
  /** `country` null: not known. */
  countries: v.array(v.object({ country: v.nullable(v.string()), streams: v.number() })),
  /** `planId` null: the base plan. */
  plans: v.array(v.object({ planId: v.nullable(v.string()), streams: v.number() })),
  at: v.number(),
});
export type StreamsSummary = v.InferOutput<typeof StreamsSummary>;

/** `POST /api/admin/users/:id/streams/:session/end` → 204, or `not-found`; `POST /api/admin/titles/:id/streams/end` → 204. Viewers are told why. */
export const EndStreams = v.object({ reason });
export const StreamOfPerson = v.object({
  ...AnyPersonId.entries,
  session: idSchema('playback'),
});

/** Somebody who works here. */
export const StaffMember = v.object({
  ...Person.entries,
  /** When one of their devices was last seen, to the hour, ms UTC; null: they are signed in nowhere. */
  lastSeenAt: v.nullable(v.number()),
  /** Two-step sign-in or a passkey. */
  secondFactor: v.boolean(),
});
export type StaffMember = v.InferOutput<typeof StaffMember>;
const staffRoles = ['moderator', 'editor', 'admin'] as const;
/** A role that waits for whoever owns the address, which is masked. */
export const Invite = v.object({
  id: idSchema('invite'),
  email: v.string(),
  role: v.picklist(staffRoles),
  /** Who invited; null: their account is gone. */
  by: v.nullable(v.string()),
  createdAt: v.number(),
  expiresAt: v.number(),
});
export type Invite = v.InferOutput<typeof Invite>;
/** `GET /api/admin/staff`: everybody with a role, two hundred at most, and who is invited. */
export const Staff = v.object({
  items: v.array(StaffMember),
  invites: v.array(Invite),
  /** Whether staff without a second factor are kept out. */
  secondFactorRequired: v.boolean(),
});
export type Staff = v.InferOutput<typeof Staff>;
/** `POST /api/admin/staff/invites` → 201 Invite; again for the same address replaces it. `DELETE /api/admin/staff/invites/:id` → 204. */
export const NewInvite = v.object({ email: Email, role: v.picklist(staffRoles) });
export const InviteId = v.object({ id: idSchema('invite') });
/** `GET /api/me/invite`; null: there is none. `POST /api/me/invite/accept` → Me; needs a verified address. */
export const OwnInvite = v.object({
  invite: v.nullable(
    v.object({ role: v.picklist(staffRoles), by: v.nullable(v.string()), expiresAt: v.number() }),
  ),
});
export type OwnInvite = v.InferOutput<typeof OwnInvite>;
