import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { businessModels } from '../plans.ts';
import { page, PageQuery } from './page.ts';
import { country, Holdback, Licence, Licensor, MadeUpViewer, Supposed } from './rights.ts';

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

/** `current`, `future` and `over` by its window; `amended`: another one took its place; `revoked`: nothing did. */
export const licenceStates = ['current', 'future', 'over', 'amended', 'revoked'] as const;
export type LicenceState = (typeof licenceStates)[number];
/** What a list of licences is narrowed by. */
export const LicenceFilter = {
  licensor: v.optional(idSchema('licensor')),
  /** It is about this country. */
  territory: v.optional(country),
  model: v.optional(v.picklist(businessModels)),
  state: v.optional(v.picklist(licenceStates)),
  /** In force, and ends within so many days: then the soonest comes first. */
  endsWithin: v.optional(digits(3_660)),
};
/** `GET /api/admin/licences`, `GET /api/admin/licences.csv`. */
export const LicenceQuery = v.object({ ...PageQuery, ...LicenceFilter });
export const LicenceExport = v.object(LicenceFilter);
export const LicenceItem = v.object({
  ...Licence.entries,
  titleName: v.string(),
  licensorName: v.nullable(v.string()),
  state: v.picklist(licenceStates),
});
export type LicenceItem = v.InferOutput<typeof LicenceItem>;
/** The newest first. What few licences fit may come in short pages: as long as there is a `next`, there may be more. */
export const LicencePage = page(LicenceItem);

/** `GET /api/admin/licences/:id`. */
export const LicenceDetail = v.object({
  ...LicenceItem.entries,
  titleSlug: v.string(),
  /** All that amended each other, this one too, the oldest first. */
  history: v.array(v.object({ ...Licence.entries, state: v.picklist(licenceStates) })),
});
export type LicenceDetail = v.InferOutput<typeof LicenceDetail>;

/** `GET /api/admin/licensors/:id`. */
export const LicensorDetail = v.object({
  ...Licensor.entries,
  /** What it holds back, the newest first; two hundred at most. */
  holdbacks: v.array(v.object({ ...Holdback.entries, titleName: v.string() })),
});
export type LicensorDetail = v.InferOutput<typeof LicensorDetail>;

/** `GET /api/admin/licences/:id/effect`: what revoking it now would do. */
export const LicenceEffect = v.object({
  /** How many published episodes it is about. */
  episodes: v.number(),
  /** Accounts that may go on with a play of one of them, at most; null: it is about too many versions to ask each. */
  watching: v.nullable(v.number()),
  /** Countries where something can be watched now, in whatever way it is paid for, and could not be any more. */
  closes: v.array(v.string()),
});
export type LicenceEffect = v.InferOutput<typeof LicenceEffect>;

/**
 * What somebody somewhere is answered, from the best to the worst. `early`: may watch before others do. `early-only`: only subscribers
 * of some plan may, so early. `plan`, `purchase`: whoever pays may. `not-yet`: a window opens or the episode airs later. `held-back`: what
 * is licensed is held back. `never`: nothing was ever licensed.
 */
export const worldStates = [
  'open',
  'early',
  'plan',
  'purchase',
  'early-only',
  'not-yet',
  'held-back',
  'age-restricted',
  'ended',
  'never',
  'unpublished',
  'taken-down',
] as const;
export type WorldState = (typeof worldStates)[number];
/** `GET /api/admin/titles/:id/world`, `GET /api/admin/episodes/:id/world`. */
export const WorldQuery = v.object({ ...MadeUpViewer, ...Supposed });
export const World = v.object({
  at: v.number(),
  /** How many episodes were looked at. */
  episodes: v.number(),
  countries: v.array(
    v.object({
      /** Null: the network does not know. */
      country: v.nullable(v.string()),
      /** Of a title: that of its best episode. */
      state: v.picklist(worldStates),
      /** Of what can be watched: the first end there is. Of what cannot yet: when it first can. Null: none is known. */
      at: v.nullable(v.number()),
      /** How many of the episodes this viewer may watch. */
      open: v.number(),
    }),
  ),
});
export type World = v.InferOutput<typeof World>;

/** `GET /api/admin/rights/reach`: of how many titles something is licensed somewhere, now or later. */
export const ReachQuery = v.object({ age: MadeUpViewer.age });
export const Reach = v.object({
  titles: v.number(),
  countries: v.array(v.object({ country: v.nullable(v.string()), titles: v.number() })),
});
export type Reach = v.InferOutput<typeof Reach>;
