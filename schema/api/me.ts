import * as v from 'valibot';
import { ageRatings } from '../catalog-terms.ts';
import { idSchema } from '../ids.ts';
import { Language } from '../ladder.ts';

/** What a viewer wants to hear and read, in the order of preference; the server resolves it, so that every device agrees. */
export const WatchPreferences = v.object({
  /** `sub`: the original with subtitles; `dub`: a dub where there is one. */
  prefer: v.picklist(['sub', 'dub']),
  audio: v.pipe(v.array(Language), v.maxLength(8)),
  subtitles: v.pipe(v.array(Language), v.maxLength(8)),
});
export type WatchPreferences = v.InferOutput<typeof WatchPreferences>;
export const defaultPreferences: WatchPreferences = { prefer: 'sub', audio: [], subtitles: [] };

export const MAX_PROFILES = 5;
/** Files in web/public/avatars, without their ending. */
export const avatars = ['fox', 'crane', 'koi', 'lantern', 'moon', 'maple', 'daruma', 'wave'] as const;

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
/** `POST /api/me/profiles`, `PATCH /api/me/profiles/:id`; `pin` null takes it away. */
export const NewProfile = v.object({
  name,
  avatar: v.picklist(avatars),
  ageCeiling: v.optional(v.picklist(ageRatings), '18'),
  pin: v.optional(v.nullable(pin)),
  preferences: v.optional(WatchPreferences, defaultPreferences),
});
/**
 * `currentPin`: the profile's own, where it has one: a child does not unlock its own profile by changing it. Whoever has forgotten it
 * gives the account's password instead.
 */
export const ProfileChange = v.object({
  ...v.partial(v.object({ name, avatar: v.picklist(avatars), ageCeiling: v.picklist(ageRatings) })).entries,
  pin: v.optional(v.nullable(pin)),
  preferences: v.optional(WatchPreferences),
  currentPin: v.optional(pin),
  password: v.optional(v.string()),
});
/** `POST /api/me/profiles/:id/enter`: this browser watches as this profile from now on. */
export const EnterProfile = v.object({ pin: v.optional(pin) });
