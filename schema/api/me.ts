import * as v from 'valibot';
import { ageRatings } from '../catalog-terms.ts';
import { idSchema } from '../ids.ts';
import { Language } from '../ladder.ts';
import { avatars, defaultPreferences } from '../profile-terms.ts';
import { Me } from './accounts.ts';

export { avatars, defaultPreferences, MAX_PROFILES } from '../profile-terms.ts';

/** What a viewer wants to hear and read, in the order of preference; the server resolves it, so that every device agrees. */
export const WatchPreferences = v.object({
  /** `sub`: the original with subtitles; `dub`: a dub where there is one. */
  prefer: v.picklist(['sub', 'dub']),
  audio: v.pipe(v.array(Language), v.maxLength(8)),
  subtitles: v.pipe(v.array(Language), v.maxLength(8)),
  /** Names, pictures and synopses of episodes that were not watched are not sent. */
  shield: v.optional(v.boolean(), false),
});
export type WatchPreferences = v.InferOutput<typeof WatchPreferences>;

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40));
const pin = v.pipe(v.string(), v.regex(/^\d{4}$/, 'a PIN has four digits'));

export const Profile = v.object({
  id: idSchema('profile'),
  name: v.string(),
  avatar: v.picklist(avatars),
  ageCeiling: v.picklist(ageRatings),
  /** Whether entering asks for a PIN. */
  locked: v.boolean(),
  preferences: WatchPreferences,
  /** Whether this browser is in it now. */
  current: v.boolean(),
});
export type Profile = v.InferOutput<typeof Profile>;
/** `GET /api/me/profiles`. */
export const Profiles = v.object({ items: v.array(Profile) });
export const ProfileId = v.object({ id: idSchema('profile') });

/**
 * What proves that a grown-up of the household asks (docs/adr/0043): a PIN, or the account's password. `pinOf` says whose PIN it is;
 * without: the profile's own where that is locked, else that of the locked profile with the highest age ceiling.
 */
const proof = {
  currentPin: v.optional(pin),
  pinOf: v.optional(idSchema('profile')),
  password: v.optional(v.pipe(v.string(), v.maxLength(200))),
};
export const ProfileProof = v.object(proof);
export type ProfileProof = v.InferOutput<typeof ProfileProof>;
/** `POST /api/me/profiles`. */
export const NewProfile = v.object({
  name,
  avatar: v.picklist(avatars),
  ageCeiling: v.optional(v.picklist(ageRatings), '18'),
  pin: v.optional(v.nullable(pin)),
  preferences: v.optional(WatchPreferences, defaultPreferences),
  ...proof,
});
export type NewProfile = v.InferOutput<typeof NewProfile>;
/** `PATCH /api/me/profiles/:id`: only what is named changes; `pin` null takes it away. `DELETE` takes a `ProfileProof`, or `{}`. */
export const ProfileChange = v.object({
  ...v.partial(v.object({ name, avatar: v.picklist(avatars), ageCeiling: v.picklist(ageRatings) })).entries,
  pin: v.optional(v.nullable(pin)),
  preferences: v.optional(WatchPreferences),
  ...proof,
});
export type ProfileChange = v.InferOutput<typeof ProfileChange>;
/** `POST /api/me/profiles/:id/enter`: this browser watches as this profile from now on. */
export const EnterProfile = v.object({ pin: v.optional(pin) });
/** What `enter` answers: browsers have it in a cookie; whoever sends a bearer token sends `claim` in the header `engawa-profile`. */
export const EnteredProfile = v.object({
  profile: Profile,
  claim: v.string(),
  /** ms UTC: then a locked profile is to be entered again. */
  until: v.number(),
});
export const PROFILE_HEADER = 'engawa-profile';

/** `GET /api/me`: who is signed in, and what the head of every page shows of them. */
export const Visitor = v.object({
  ...Me.entries,
  /** The profile that the request is in. Null: every profile is locked and none was entered, or the account has none yet. */
  profile: v.nullable(
    v.object({
      ...v.pick(Profile, ['id', 'name', 'avatar', 'ageCeiling']).entries,
      /** Whether its spoiler shield is on. */
      shield: v.boolean(),
    }),
  ),
  /** New episodes of followed titles that it was not shown yet (`GET /api/me/notices`). */
  unseen: v.number(),
});
export type Visitor = v.InferOutput<typeof Visitor>;

/** What people agree to. `newsletter` can be taken back; the others go with the account. */
export const consentKinds = ['terms', 'privacy', 'newsletter'] as const;
export type ConsentKind = (typeof consentKinds)[number];
/** The versions of the texts that are shown now, by date. A text that changes gets the date of the change here. */
export const currentTexts: Record<ConsentKind, string> = {
  terms: '2026-11-01',
  privacy: '2026-11-01',
  newsletter: '2026-11-01',
};
const textVersion = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'a version is a date: 2026-11-01'));
export const Consent = v.object({
  kind: v.picklist(consentKinds),
  version: v.string(),
  given: v.boolean(),
  at: v.number(),
});
export type Consent = v.InferOutput<typeof Consent>;
/** `GET /api/me/consents`. */
export const Consents = v.object({
  /** One per kind. */
  current: v.array(
    v.object({
      kind: v.picklist(consentKinds),
      /** Of the text as it is now. */
      version: v.string(),
      /** Whether this version, or for the newsletter any, is agreed to. */
      given: v.boolean(),
      /** When it was last agreed to or taken back; null: never asked. */
      at: v.nullable(v.number()),
    }),
  ),
  /** All there ever was, newest first. */
  history: v.array(Consent),
});
export type Consents = v.InferOutput<typeof Consents>;
/** `POST /api/me/consents`; `version` is that of the text which was shown, and has to be the current one. */
export const NewConsent = v.object({
  kind: v.picklist(consentKinds),
  version: textVersion,
  given: v.boolean(),
});
export type NewConsent = v.InferOutput<typeof NewConsent>;

/** `DELETE /api/me`: the account's password, or `{}` within ten minutes of signing in. */
export const CloseAccount = v.object({ password: v.optional(v.pipe(v.string(), v.maxLength(200))) });
/** `DELETE /api/admin/users/:id`. */
export const CloseForReason = v.object({
  /** Stands in the mail to whose account it is. */
  reason: v.pipe(v.string(), v.trim(), v.minLength(3, 'say why'), v.maxLength(500)),
});
/** `GET /api/me/closing`, and what `DELETE /api/me` and `POST /api/me/keep` answer. */
export const Closing = v.object({
  /** ms UTC: from then on the account is gone; null: it stays. */
  closesAt: v.nullable(v.number()),
  /** Whether `POST /api/me/keep` takes it back: not where an admin closes the account. */
  mayKeep: v.boolean(),
  /** The admin's. */
  reason: v.nullable(v.string()),
});
export type Closing = v.InferOutput<typeof Closing>;
