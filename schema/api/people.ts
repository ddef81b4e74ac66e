import * as v from 'valibot';
import { idSchema } from '../ids.ts';
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
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  session: idSchema('playback'),
});
