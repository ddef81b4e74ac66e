import * as v from 'valibot';
import { idSchema } from '../ids.ts';

export const roles = ['viewer', 'moderator', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

const email = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.email('that is not an e-mail address'),
  v.maxLength(254),
);
/** An address that mail is sent to, in small letters. */
export const Email = email;
/** NIST SP 800-63B §3.1.1.2: length is what counts. */
const newPassword = v.pipe(v.string(), v.minLength(10, 'use at least 10 characters'), v.maxLength(200));
const password = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** Six digits, as mailed; blanks between them are forgiven. */
const mailedCode = v.pipe(
  v.string(),
  v.transform((text) => text.replaceAll(/\s/g, '')),
  v.regex(/^\d{6}$/, 'the code has six digits'),
);

/*
 * The built-in issuer's ways in. Where people sign in elsewhere (AUTH_ISSUER), all of these answer `not-found` and say where.
 * Every way ends in `Me` and the cookies of a session; by password or mailed code it may answer `second-factor-required` (401)
 * instead, and a cookie with which `POST /api/auth/sign-in/second-step` goes on within ten minutes. A passkey is two factors by itself.
 */

/** `POST /api/auth/sign-in` → Me, or `invalid-credentials`. */
export const SignIn = v.object({ email, password });
/**
 * `POST /api/auth/sign-up` → 202 without a body, and without a session: the same whether the address has an account or not; whoever owns it
 * learns by mail. A page goes on with `POST /api/auth/sign-in`: an address that is not verified may sign in and watch. The mail has a
 * code, and a link to `/verify-email#code=…`, for `POST /api/me/email/verify`. To an address that has an account it says so instead.
 */
export const SignUp = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  email,
  password: newPassword,
});
/** `POST /api/auth/code` → 202, whoever asks: mails a code for `SignInByCode`, and a link to `/sign-in#email=…&code=…`, good for ten minutes. */
export const CodeRequest = v.object({ email });
/**
 * `POST /api/auth/sign-in/code` → Me, or `wrong-code`; five wrong ones end the code. At an address that was never verified it
 * verifies it, and takes away the password and the sessions of before: nobody has shown that they were the owner's.
 */
export const SignInByCode = v.object({ email, code: mailedCode });
/** `POST /api/auth/sign-in/second-step` → Me, or `wrong-code`: a code of the app, or one of the backup codes. Five wrong ones: sign in anew. */
export const SecondStep = v.object({ code: v.pipe(v.string(), v.trim(), v.minLength(6), v.maxLength(20)) });
/** `POST /api/auth/reset` → 202, whoever asks: mails a code and a link to `/reset-password#email=…&code=…`. */
export const ResetRequest = v.object({ email });
/** `POST /api/auth/reset/finish` → 204, or `wrong-code`. Every session of the account ends; then sign in with the new password. */
export const Reset = v.object({ email, code: mailedCode, password: newPassword });

/**
 * What `navigator.credentials` takes and gives, as JSON (W3C WebAuthn Level 3 §5.1.8–9): @simplewebauthn/browser's `startRegistration({
 * optionsJSON })` and `startAuthentication({ optionsJSON })` turn the one into the other. Read closely by the library, not here.
 */
export const CeremonyOptions = v.looseObject({ challenge: v.string() });
export const CeremonyResponse = v.looseObject({
  id: v.pipe(v.string(), v.maxLength(1400)), // a credential id has at most 1023 bytes (§4)
  rawId: v.string(),
  type: v.literal('public-key'),
  response: v.looseObject({ clientDataJSON: v.string() }),
  clientExtensionResults: v.optional(v.looseObject({}), {}),
});
/** `POST /api/auth/sign-in/passkey/options` → CeremonyOptions; then `POST /api/auth/sign-in/passkey` → Me, or `invalid-credentials`. */
export const SignInByPasskey = v.object({ response: CeremonyResponse });

/** How long after showing who they are somebody may do what does harm in the wrong hands: seconds, the `max_age` of RFC 9470 §3. */
export const RECENT_S = 15 * 60;
/**
 * How somebody who is signed in shows once more that it is they. `app`: a code of their app; `mail`: a mailed code, for whoever has
 * neither a password nor an app.
 */
export const proofs = ['password', 'passkey', 'app', 'mail'] as const;
/** `GET /api/auth/step-up`: what this person may do it by, and until when it counts as done, ms UTC; of the session's cookies. */
export const StepUpOffer = v.object({ ways: v.array(v.picklist(proofs)), recentUntil: v.number() });
export type StepUpOffer = v.InferOutput<typeof StepUpOffer>;
/**
 * `POST /api/auth/step-up` → StepUpOffer, with a new access cookie; or `wrong-password`, `wrong-code`, `invalid-credentials` for a passkey.
 * A challenge comes from `POST /api/auth/step-up/passkey/options`, a mail from `POST /api/auth/step-up/code`.
 */
export const StepUp = v.variant('by', [
  v.object({ by: v.literal('password'), password }),
  v.object({ by: v.literal('passkey'), response: CeremonyResponse }),
  v.object({ by: v.literal('app'), code: mailedCode }),
  v.object({ by: v.literal('mail'), code: mailedCode }),
]);
export type StepUp = v.InferOutput<typeof StepUp>;

/** `GET /api/me`. `emailVerified` false: pages say so and offer `POST /api/me/email/code`. */
export const Me = v.object({
  id: v.string(),
  name: v.string(),
  email: v.string(),
  emailVerified: v.boolean(),
  role: v.picklist(roles),
  /** Told on signing in: the account is about to be deleted then, ms UTC. `GET /api/me/closing` says more, `POST /api/me/keep` keeps it. */
  closesAt: v.optional(v.number()),
});
export type Me = v.InferOutput<typeof Me>;

/*
 * What somebody may change about their own sign-in. All of it needs the session's cookie, alive now (never a bearer): `not-signed-in`
 * otherwise. `password` confirms that it is still them: `wrong-password`, or `proof-required` without. Who has no password must have
 * signed in within the last ten minutes instead. An address must be verified first where it says so: `unverified-address`.
 */
const confirmed = { password: v.optional(password) };
export const Confirmation = v.object(confirmed);

/** `POST /api/me/email/code` → 202: mails the verification code once more. `POST /api/me/email/verify` → Me, or `wrong-code`. */
export const VerifyEmail = v.object({ code: mailedCode });
/**
 * `POST /api/me/email` → 202: mails a code to the new address, and a link to `/account#email=…&code=…`. If that has an account of its own,
 * nothing is mailed. The old address stays until the code comes back.
 */
export const NewEmail = v.object({ email, ...confirmed });
/** `PUT /api/me/email` → Me, or `wrong-code`. The old address is told. */
export const ChangeEmail = v.object({ email, code: mailedCode });
/** `PUT /api/me/password` → 204: sets or changes it. Every other device is signed out. `password` is the one of now. */
export const ChangePassword = v.object({ newPassword, ...confirmed });

/** `POST /api/me/second-factor` (needs a verified address) → this, shown once; on as soon as a code of the app comes back. */
export const SecondFactorOffer = v.object({
  /** For a QR code: `otpauth://totp/…`. */
  uri: v.string(),
  /** The same, to type: base 32. */
  secret: v.string(),
  backupCodes: v.array(v.string()),
});
/** `PUT /api/me/second-factor` → 204, or `wrong-code`. */
export const TurnOnSecondFactor = v.object({
  code: v.pipe(v.string(), v.trim(), v.regex(/^\d{6}$/, 'the code has six digits')),
});
/** `POST /api/me/second-factor/backup-codes` (Confirmation) → new ones; the old ones are void. `POST /api/me/second-factor/off` (Confirmation) → 204. */
export const BackupCodes = v.object({ backupCodes: v.array(v.string()) });

export const Passkey = v.object({
  id: v.string(),
  name: v.string(),
  createdAt: v.number(),
  usedAt: v.nullable(v.number()),
});
export type Passkey = v.InferOutput<typeof Passkey>;
const passkeyName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
/** `POST /api/me/passkeys/options` (Confirmation; needs a verified address) → CeremonyOptions; `POST /api/me/passkeys` → 201 Passkey. */
export const NewPasskey = v.object({ name: passkeyName, response: CeremonyResponse });
/** `PATCH` and `DELETE /api/me/passkeys/:id`. */
export const PasskeyId = v.object({ id: v.pipe(v.string(), v.regex(/^[\w-]{1,1400}$/)) });
export const PasskeyChange = v.object({ name: passkeyName });
export const MAX_PASSKEYS = 20;

/** A browser that is signed in. */
export const Device = v.object({
  id: v.string(),
  /** As its User-Agent says; null where it says nothing that we know. */
  browser: v.nullable(v.string()),
  os: v.nullable(v.string()),
  /** Where it signed in, as Cloudflare knows it; `country` an ISO 3166 code. */
  city: v.nullable(v.string()),
  country: v.nullable(v.string()),
  signedInAt: v.number(),
  /** Exact to the hour. */
  lastSeenAt: v.number(),
  current: v.boolean(),
});
export type Device = v.InferOutput<typeof Device>;
/**
 * `DELETE /api/me/devices/:id` signs one out, `DELETE /api/me/devices` all of them, this one too, and ends what plays. What an ended device may
 * still do without asking for its session (read, as a viewer) ends within 15 minutes.
 */
export const DeviceId = v.object({ id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)) });
/** `GET /api/me/security`: all of the above, for one page. */
export const Security = v.object({
  email: v.string(),
  emailVerified: v.boolean(),
  hasPassword: v.boolean(),
  secondFactor: v.object({ on: v.boolean(), backupCodesLeft: v.number() }),
  passkeys: v.array(Passkey),
  devices: v.array(Device),
});
export type Security = v.InferOutput<typeof Security>;

/** `GET /api/mailbox`: what was mailed lately, the latest first. Only on a local platform without a mail provider; else `not-found`. */
export const Mail = v.object({
  id: v.string(),
  to: v.string(),
  subject: v.string(),
  text: v.string(),
  /** The code and the link that `text` has in it, where it has. */
  code: v.nullable(v.string()),
  link: v.nullable(v.string()),
  sentAt: v.number(),
});
export type Mail = v.InferOutput<typeof Mail>;
export const Mailbox = v.object({ items: v.array(Mail) });
export const MailboxQuery = v.object({ to: v.optional(email) });

/** `POST /api/auth/token`: a bearer for players, scripts and tools, from a signed-in session. */
export const AccessToken = v.object({ token: v.string(), expiresAt: v.number() });

/** `PATCH /api/admin/users/:id`. */
export const PersonId = v.object({ id: idSchema('user') });
export const PersonChange = v.object({ role: v.picklist(roles) });
