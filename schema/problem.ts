import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { businessModels } from './plans.ts';

/**
 * Every way a request can be refused, as RFC 9457 problem types.
 * The code is the last path segment of `type` and never changes once published; the status is RFC 9110's.
 */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'not-signed-in': { status: 401, title: 'Sign in to continue' },
  'invalid-credentials': { status: 401, title: 'The e-mail address or the password is wrong' },
  'invalid-token': { status: 401, title: 'The token is not valid' },
  'wrong-code': { status: 401, title: 'The code is wrong or has run out' },
  'second-factor-required': { status: 401, title: 'A second step is needed to sign in' },
  /** RFC 9470: signed in, but too long ago for what was asked. */
  'step-up-required': { status: 401, title: 'Show once more that it is you' },
  /** Where the site asks it of staff: edge/http/guards.ts. */
  'second-factor-missing': { status: 403, title: 'Your role takes two-step sign-in or a passkey' },
  'unverified-address': { status: 403, title: 'Confirm your e-mail address first' },
  'not-allowed': { status: 403, title: 'Your role does not allow this' },
  'cross-site': { status: 403, title: 'The request came from another site' },
  'proof-required': { status: 403, title: 'This needs the PIN of a profile or the account’s password' },
  'wrong-pin': { status: 403, title: 'That is not the PIN' },
  'wrong-password': { status: 403, title: 'That is not the account’s password' },
  'account-closing': { status: 403, title: 'This account is about to be deleted' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  conflict: { status: 409, title: 'The request does not fit the current state' },
  'stale-attempt': { status: 409, title: 'Another attempt has taken over this task' },
  /** RFC 9110 §15.5.13. */
  'changed-meanwhile': { status: 412, title: 'Somebody else has changed this meanwhile' },
  'too-large': { status: 413, title: 'The content is too large' },
  'unsupported-media': { status: 415, title: 'The content type is not supported' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'A part of the system is not answering' },

  // Why an episode does not play (edge/rights/decide.ts).
  'not-in-territory': { status: 451, title: 'This title is not available where you are' },
  'not-yet': { status: 403, title: 'This episode has not been released yet' },
  'window-ended': { status: 403, title: 'This episode is no longer available' },
  'plan-required': { status: 402, title: 'This needs a subscription' },
  'purchase-required': { status: 402, title: 'This has to be rented or bought' },
  'age-restricted': { status: 403, title: 'This is above the age of this profile' },
  'pin-required': { status: 403, title: 'This profile is locked with a PIN' },
  'taken-down': { status: 451, title: 'This was taken down' },
  'too-many-streams': { status: 409, title: 'Too many streams at once' },
  'rental-begins': { status: 409, title: 'The time of your rental begins with this play' },

  // Why something cannot be paid for (edge/billing).
  'already-subscribed': { status: 409, title: 'There is a subscription already' },
  'already-bought': { status: 409, title: 'This is yours already' },
  'not-for-sale': { status: 409, title: 'This cannot be bought here now' },
  'payment-failed': { status: 402, title: 'The payment did not go through' },
  /** RFC 9110 has no word for it: the body is not what its signature says. */
  'invalid-signature': { status: 400, title: 'The signature is not right' },

  // Why a play that has begun does not go on (edge/playback).
  'stream-ended': { status: 403, title: 'This stream has ended' },

  // Why an upload or a source is refused (edge/ingest, transcoder/tasks/probe.ts).
  'upload-incomplete': { status: 409, title: 'Parts of the upload are missing' },
  'upload-mismatch': { status: 409, title: 'The uploaded parts do not add up to the file' },
  'source-empty': { status: 422, title: 'The file is empty' },
  'source-unreadable': { status: 422, title: 'The file is not a video that can be read' },
  'source-truncated': { status: 422, title: 'The file ends before its video does' },
  'source-no-video': { status: 422, title: 'The file has no video' },
  'source-not-allowed': { status: 422, title: 'Files of this format are not accepted' },
  'track-unusable': { status: 422, title: 'The file has no track of that kind' },
  'source-too-long': { status: 422, title: 'The video is longer than allowed' },

  // Why a job ended without a package.
  'encode-failed': { status: 422, title: 'The video could not be encoded' },
  'verification-failed': { status: 422, title: 'The packaged video did not pass verification' },
  'storage-failed': { status: 503, title: 'The media store did not answer' },
  'attempts-exhausted': { status: 503, title: 'The task was tried too often' },
  'job-cancelled': { status: 409, title: 'The job was cancelled' },
  'needs-override': { status: 409, title: 'A warning has to be overridden with a reason' },
  'not-publishable': { status: 409, title: 'This version cannot be published' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
export const problemCodes = Object.keys(problems) as ProblemCode[];
export const ProblemCodeSchema = v.picklist(problemCodes);

/** A stream of one's own account that plays now. */
export const LiveStream = v.object({
  sessionId: idSchema('playback'),
  /** What plays there, and on what, in words. */
  title: v.string(),
  device: v.string(),
  startedAt: v.number(),
  lastSeenAt: v.number(),
});
export type LiveStream = v.InferOutput<typeof LiveStream>;

/**
 * Why a stream gets no more keys. `taken-over`: played on another device instead; `ended`: by its viewer, from elsewhere; `stopped`:
 * by whoever watched it; `expired`: not heard of for too long, and others play now; `rights-changed`: a licence ended or was amended;
 * `by-staff`: by the people who run the site, who say why.
 */
export const streamEnds = [
  'taken-over',
  'ended',
  'stopped',
  'expired',
  'signed-out',
  'taken-down',
  'rights-changed',
  'payment-failed',
  'by-staff',
] as const;
export type StreamEnd = (typeof streamEnds)[number];

/** What would open an episode that is refused, sooner than waiting does. */
export const Offer = v.object({
  /** From when on, ms UTC. */
  at: v.number(),
  /** How it may be paid for then: `subscription`: a plan; `ads`: a plan that comes with advertising. */
  models: v.array(v.picklist(businessModels)),
  /** Then only subscribers of these may watch (early access); null: whoever pays in one of these ways. */
  plans: v.nullable(v.array(v.string())),
});
export type Offer = v.InferOutput<typeof Offer>;

/** A rental whose time the first play begins. */
export const UnbegunRental = v.object({
  /** How long it plays from then on, ms; null: without an end. */
  playsForMs: v.nullable(v.number()),
  /** By when it is to be begun, ms UTC. */
  beginBy: v.nullable(v.number()),
});

export type UnbegunRental = v.InferOutput<typeof UnbegunRental>;

/** The body of `application/problem+json` (RFC 9457 §3). */
export const ProblemDocument = v.object({
  /** `https://engawa.dev/problems/<code>`: an identifier, not necessarily a page. */
  type: v.string(),
  code: ProblemCodeSchema,
  title: v.string(),
  status: v.number(),
  /** What happened this time and what would mend it, in words for a person. */
  detail: v.optional(v.string()),
  /** The request's id, to quote to support and to find in the log. */
  instance: v.optional(v.string()),
  /** For `invalid-request`: one entry per wrong field, `pointer` an RFC 6901 JSON pointer. */
  errors: v.optional(v.array(v.object({ pointer: v.string(), detail: v.string() }))),
  /** When asking again can help: milliseconds UTC. */
  retryAt: v.optional(v.number()),
  /** For `not-yet`, `plan-required` and `purchase-required`: what would open it before `retryAt`. */
  offer: v.optional(Offer),
  /** For `too-many-streams`: what plays now, and can be ended for this one (`takeOver` of `POST /api/episodes/:id/hls`). */
  streams: v.optional(v.array(LiveStream)),
  /** For `rental-begins`: ask again with `beginsRental`, once the viewer was told. */
  rental: v.optional(UnbegunRental),
  /** For `stream-ended`. */
  because: v.optional(v.picklist(streamEnds)),
  /** For `stream-ended` by staff: what they say about it, in their words. */
  why: v.optional(v.string()),
});
export type ProblemDocument = v.InferOutput<typeof ProblemDocument>;

export const problemType = (code: ProblemCode): string => `https://engawa.dev/problems/${code}`;
