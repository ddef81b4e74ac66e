import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { businessModels } from '../plans.ts';
import { page, PageQuery } from './page.ts';

// What the rights of the whole catalogue look like to those who look after them. The rows themselves are in rights.ts.

const territories = v.object({ mode: v.picklist(['include', 'exclude']), countries: v.array(v.string()) });
const digits = (most: number, least = 1) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,4}$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(least),
    v.maxValue(most),
  );

/** Episodes by season and number, both ends included, null: open on that side. Season null: every season that no licence names. */
export const EpisodesNamed = v.object({
  season: v.nullable(v.number()),
  episodeFrom: v.nullable(v.number()),
  episodeTo: v.nullable(v.number()),
});
export type EpisodesNamed = v.InferOutput<typeof EpisodesNamed>;

/**
 * `ending`: nothing follows when this licence ends. `gap`: the next licence begins later than the one before it ends.
 * `overlap`: two licences with different terms at once, of which one counts.
 */
export const attentionKinds = ['ending', 'gap', 'overlap'] as const;
/** `GET /api/admin/rights/attention`. */
export const AttentionQuery = v.object({
  ...PageQuery,
  /** What begins within so many days from now, or has begun and is not over. */
  days: v.optional(digits(366), '90'),
  /** Left out: all kinds. */
  kind: v.optional(v.picklist(attentionKinds)),
});
/** It is true of every country, model, language and episode that it names together. */
export const Attention = v.object({
  /** Good for as long as no licence of the title changes. */
  id: v.string(),
  kind: v.picklist(attentionKinds),
  titleId: idSchema('title'),
  titleName: v.string(),
  licenceIds: v.array(idSchema('licence')),
  territories,
  models: v.array(v.picklist(businessModels)),
  /** Languages of the sound; `*`: those that no licence names. Null: whatever the language. */
  audio: v.nullable(v.array(v.string())),
  subtitles: v.nullable(v.array(v.string())),
  /** Empty: all of the title. */
  episodes: v.array(EpisodesNamed),
  /** When it happens or begins, ms UTC. An overlap that was always there says 0. */
  at: v.number(),
  /** When it is over: the next licence begins, the first of two ends. Null: without an end. An ending says `at`. */
  until: v.nullable(v.number()),
  /** Whole days from now to `at`; 0: within a day, or it has begun. */
  days: v.number(),
});
export type Attention = v.InferOutput<typeof Attention>;
/** The earliest first. */
export const AttentionPage = page(Attention);
