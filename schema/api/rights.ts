import * as v from 'valibot';
import { ageRatings } from '../catalog-terms.ts';
import { countryCodes } from '../countries.ts';
import { Moment } from './moment.ts';
import { PlanId } from './plans.ts';
import { idSchema } from '../ids.ts';
import { Language } from '../ladder.ts';
import { businessModels } from '../plans.ts';
import { Offer } from '../problem.ts';

const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Milliseconds UTC, null: open on that side. */
const time = v.nullable(Moment);
const inWords = v.pipe(v.string(), v.trim(), v.minLength(3, 'say why'), v.maxLength(500));
/** Why something is taken back or down, for those who come after. */
export const Reason = v.object({ reason: inWords });

/** `POST /api/admin/licensors`, `PUT /api/admin/licensors/:id`. */
export const NewLicensor = v.object({
  name: words(200),
  /** Whom to write to, contract numbers: for editors only. */
  notes: v.optional(v.nullable(words(5_000)), null),
});
export type NewLicensor = v.InferInput<typeof NewLicensor>;
export const Licensor = v.object({
  id: idSchema('licensor'),
  name: v.string(),
  notes: v.nullable(v.string()),
  createdAt: v.number(),
  updatedAt: v.number(),
});
export type Licensor = v.InferOutput<typeof Licensor>;
/** `GET /api/admin/licensors`: by name. */
export const Licensors = v.object({ items: v.array(Licensor) });

/** ISO 3166-1 alpha-2. */
export const country = v.pipe(
  v.string(),
  v.check(
    (code) => countryCodes.includes(code),
    (issue) => `${JSON.stringify(issue.input)} is no ISO 3166-1 alpha-2 code, such as JP`,
  ),
);
const territories = v.object({
  mode: v.picklist(['include', 'exclude']),
  countries: v.pipe(v.array(country), v.maxLength(countryCodes.length)),
});
const models = v.pipe(v.array(v.picklist(businessModels)), v.minLength(1, 'name at least one'));
const languages = v.optional(v.nullable(v.pipe(v.array(Language), v.minLength(1), v.maxLength(40))), null);
const episodeNumber = v.optional(v.nullable(whole), null);

/** Which episodes, where and when: what licences and holdbacks have in common. */
const area = {
  /** Null: all of the title. */
  season: v.optional(v.nullable(whole), null),
  /** Numbers of that season, both included; null: open on that side. */
  episodeFrom: episodeNumber,
  episodeTo: episodeNumber,
  /** ISO 3166-1 alpha-2. `exclude` with an empty list is the whole world. */
  territories: v.pipe(
    territories,
    v.check(
      (t) => t.mode === 'exclude' || t.countries.length > 0,
      'name at least one country, or exclude none for the whole world',
    ),
  ),
  /** Milliseconds UTC; the window is [startsAt, endsAt). Null: open on that side. */
  startsAt: time,
  endsAt: time,
};
type Area = {
  season: number | null;
  episodeFrom: number | null;
  episodeTo: number | null;
  startsAt: number | null;
  endsAt: number | null;
};
const endsLater = ({ startsAt, endsAt }: Area) => startsAt === null || endsAt === null || startsAt < endsAt;
const hasSeason = ({ season, episodeFrom, episodeTo }: Area) =>
  season !== null || (episodeFrom ?? episodeTo) === null;
const isInOrder = ({ episodeFrom, episodeTo }: Area) =>
  episodeFrom === null || episodeTo === null || episodeFrom <= episodeTo;
const LATER = 'must be later than startsAt';
const NO_SEASON = 'a range of episodes is of one season: name it';
const NOT_LESS = 'must not be less than episodeFrom';

/** `POST /api/admin/titles/:id/licences`, `POST /api/admin/licences/:id/amend`. */
export const NewLicence = v.pipe(
  v.object({
    ...area,
    licensorId: v.optional(v.nullable(idSchema('licensor')), null),
    /** How it may be paid for. */
    models: v.optional(models, ['free']),
    /** Pixels. Null: any. */
    maxHeight: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
    /** Null: all there are. */
    audioLanguages: languages,
    subtitleLanguages: languages,
    /** Subscribers of a plan may watch so much earlier than an episode airs, ms. */
    earlyAccess: v.optional(
      v.pipe(
        v.array(v.object({ plan: words(40), ms: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
        v.maxLength(20),
        v.check((list) => new Set(list.map(({ plan }) => plan)).size === list.length, 'name each plan once'),
      ),
      [],
    ),
    downloads: v.optional(v.boolean(), false),
  }),
  v.forward(
    v.check((row) => endsLater(row), LATER),
    ['endsAt'],
  ),
  v.forward(
    v.check((row) => hasSeason(row), NO_SEASON),
    ['season'],
  ),
  v.forward(
    v.check((row) => isInOrder(row), NOT_LESS),
    ['episodeTo'],
  ),
);
export type NewLicence = v.InferInput<typeof NewLicence>;
const areaShown = {
  season: v.nullable(v.number()),
  episodeFrom: v.nullable(v.number()),
  episodeTo: v.nullable(v.number()),
  territories: v.object({ mode: v.picklist(['include', 'exclude']), countries: v.array(v.string()) }),
  startsAt: v.nullable(v.number()),
  endsAt: v.nullable(v.number()),
  models: v.array(v.picklist(businessModels)),
};
export const Licence = v.object({
  id: idSchema('licence'),
  titleId: idSchema('title'),
  licensorId: v.nullable(idSchema('licensor')),
  ...areaShown,
  maxHeight: v.nullable(v.number()),
  audioLanguages: v.nullable(v.array(v.string())),
  subtitleLanguages: v.nullable(v.array(v.string())),
  earlyAccess: v.array(v.object({ plan: v.string(), ms: v.number() })),
  downloads: v.boolean(),
  /** The one that this one took the place of. */
  amends: v.nullable(idSchema('licence')),
  /** Amended or revoked: it grants nothing any more. Null: in force. */
  endedAt: v.nullable(v.number()),
  endedBecause: v.nullable(v.string()),
  createdAt: v.number(),
});
export type Licence = v.InferOutput<typeof Licence>;
/** All licences of a title by start, those that were ended too. */
export const Licences = v.object({ items: v.array(Licence) });

/** `POST /api/admin/titles/:id/holdbacks`, `PUT /api/admin/holdbacks/:id`: these models are held back there, for that time. */
export const NewHoldback = v.pipe(
  v.object({
    ...area,
    licensorId: v.optional(v.nullable(idSchema('licensor')), null),
    models: v.optional(models, [...businessModels]),
    reason: v.optional(v.nullable(inWords), null),
  }),
  v.forward(
    v.check((row) => endsLater(row), LATER),
    ['endsAt'],
  ),
  v.forward(
    v.check((row) => hasSeason(row), NO_SEASON),
    ['season'],
  ),
  v.forward(
    v.check((row) => isInOrder(row), NOT_LESS),
    ['episodeTo'],
  ),
);
export type NewHoldback = v.InferInput<typeof NewHoldback>;
export const Holdback = v.object({
  id: idSchema('holdback'),
  titleId: idSchema('title'),
  licensorId: v.nullable(idSchema('licensor')),
  ...areaShown,
  reason: v.nullable(v.string()),
  createdAt: v.number(),
});
export type Holdback = v.InferOutput<typeof Holdback>;
export const Holdbacks = v.object({ items: v.array(Holdback) });

/** `POST /api/admin/titles/:id/takedown`, `POST /api/admin/episodes/:id/takedown`; `…/takedown/lift` takes it back. */
export const Takedown = v.object({
  id: idSchema('takedown'),
  titleId: idSchema('title'),
  /** Null: the whole title. */
  episodeId: v.nullable(idSchema('episode')),
  reason: v.string(),
  by: v.string(),
  at: v.number(),
  liftedAt: v.nullable(v.number()),
  liftedBy: v.nullable(v.string()),
  liftedBecause: v.nullable(v.string()),
});
export type Takedown = v.InferOutput<typeof Takedown>;
/** `GET /api/admin/titles/:id/takedowns`: of it and its episodes, the latest first. */
export const Takedowns = v.object({ items: v.array(Takedown) });

/** Stable reasons, the same words as the problem codes they become, in the order in which they are looked at. */
export const refusalReasons = [
  'not-signed-in',
  'not-found',
  'taken-down',
  'not-in-territory',
  'window-ended',
  'age-restricted',
  'not-yet',
  'plan-required',
  'purchase-required',
] as const;

/** A viewer who is made up, and the moment. */
export const MadeUpViewer = {
  /** Left out: on none. */
  plan: v.optional(PlanId.entries.id),
  /** The ceiling of the profile. */
  age: v.optional(v.picklist(ageRatings), '18'),
  /** Milliseconds UTC; left out: now. */
  at: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be milliseconds UTC'), v.transform(Number))),
};
const yes = v.optional(v.literal('yes'));
export const Supposed = {
  /** As if the title were published, with every episode: what its licences would say then. */
  asIfPublished: yes,
};
/** `GET /api/admin/episodes/:id/decision`: what `decide` answers a made-up viewer, and why. */
export const DecisionQuery = v.object({
  ...MadeUpViewer,
  ...Supposed,
  /** Left out: unknown. */
  country: v.optional(country),
  /** Nobody is signed in. */
  signedOut: yes,
  /** Somebody's id: their plan and purchases in place of made-up ones. For admins. */
  as: v.optional(idSchema('user')),
});
/** Why a licence does not apply: the first of these that is true of it. `applies`: it does; `chosen`: and it is the one that grants. */
export const licenceVerdicts = [
  'ended',
  'never-open',
  'other-episodes',
  'other-territory',
  'over',
  'to-come',
  'held-back',
  'not-aired',
  'not-paid',
  'applies',
  'chosen',
] as const;
/** Whether a holdback holds anything back from this viewer, of this episode, at this moment. */
export const holdbackVerdicts = ['other-episodes', 'other-territory', 'over', 'to-come', 'in-force'] as const;
export const Decision = v.object({
  at: v.number(),
  /** What was asked about. */
  episode: v.object({
    id: idSchema('episode'),
    titleId: idSchema('title'),
    titleName: v.string(),
    season: v.number(),
    number: v.number(),
    name: v.nullable(v.string()),
  }),
  /** When the answer, its reason or its terms are others, ms UTC, if no row changes; null: never. */
  changesAt: v.nullable(v.number()),
  granted: v.boolean(),
  /** Of a refusal. */
  reason: v.nullable(v.picklist(refusalReasons)),
  retryAt: v.nullable(v.number()),
  offer: v.nullable(Offer),
  /** Of a grant. */
  grant: v.nullable(
    v.object({
      licenceId: idSchema('licence'),
      model: v.picklist(businessModels),
      ads: v.boolean(),
      downloads: v.boolean(),
      maxHeight: v.nullable(v.number()),
      audio: v.nullable(v.array(v.string())),
      subtitles: v.nullable(v.array(v.string())),
      early: v.boolean(),
      until: v.nullable(v.number()),
    }),
  ),
  licences: v.array(v.object({ id: idSchema('licence'), verdict: v.picklist(licenceVerdicts) })),
  holdbacks: v.array(v.object({ id: idSchema('holdback'), verdict: v.picklist(holdbackVerdicts) })),
});
export type Decision = v.InferOutput<typeof Decision>;
