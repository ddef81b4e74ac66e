import * as v from 'valibot';
import { idSchema } from '../ids.ts';

/** What may need somebody. What is in each, and whose work it is: edge/operations/overview/attention.ts. */
export const needKinds = [
  'failed-jobs',
  'publish-refused',
  'airing',
  'ready',
  'licences-ending',
  'notices',
  'posterless',
  'backdropless',
  'sweeps',
  'dead-events',
  'drift',
] as const;
export type NeedKind = (typeof needKinds)[number];

/** One thing that needs somebody. What of it is null depends on its kind. */
export const Needing = v.object({
  /** Of the job, episode, title or notice itself. */
  id: v.string(),
  /** The title's name; of a notice, the work; of a sweep, its name; of an event of Stripe's, its type; of drift, the object's id. */
  name: v.string(),
  titleId: v.nullable(idSchema('title')),
  episodeId: v.nullable(idSchema('episode')),
  season: v.nullable(v.number()),
  number: v.nullable(v.number()),
  /** When it failed, airs, ends or came, ms UTC. */
  at: v.nullable(v.number()),
  /** Why, in words. */
  detail: v.nullable(v.string()),
});
export type Needing = v.InferOutput<typeof Needing>;

export const Need = v.object({
  kind: v.picklist(needKinds),
  /** At most 100; `more`: there are more than that. */
  count: v.number(),
  more: v.boolean(),
  /** The most pressing. */
  first: v.array(Needing),
});
export type Need = v.InferOutput<typeof Need>;

const sums = {
  plays: v.number(),
  /** Watched, by what the server saw. */
  minutes: v.number(),
  /** Accounts that played something; each once a day. */
  viewers: v.number(),
  accounts: v.number(),
  encodes: v.number(),
  /** From upload to ready, of all of them together. */
  encodeMinutes: v.number(),
};
export const Sums = v.object(sums);
export type Sums = v.InferOutput<typeof Sums>;

/** `GET /api/admin/overview`. Days are UTC. */
export const Overview = v.object({
  /** ms UTC. */
  at: v.number(),
  /** Only what the role of whoever asks can do something about; nothing of what needs nobody. */
  needs: v.array(Need),
  /** Playing right now; null: it cannot be said at the moment. */
  live: v.nullable(v.object({ streams: v.number(), accounts: v.number() })),
  today: Sums,
  /** Today and the same weekday a week before, both up to the last full hour of today: `hours` of them. */
  compared: v.object({ hours: v.number(), now: Sums, before: Sums }),
  /** The last thirty, today last. */
  days: v.array(v.object({ day: v.number(), ...sums })),
  /** Of the last seven days, by minutes: the ten most watched. */
  titles: v.array(
    v.object({ id: idSchema('title'), name: v.string(), plays: v.number(), minutes: v.number() }),
  ),
  /** Likewise; `code` is ISO 3166-1, null where it is not known. */
  countries: v.array(v.object({ code: v.nullable(v.string()), plays: v.number(), minutes: v.number() })),
});
export type Overview = v.InferOutput<typeof Overview>;
