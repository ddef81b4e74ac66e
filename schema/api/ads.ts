import * as v from 'valibot';
import { ageRatings } from '../catalog-terms.ts';
import { idSchema } from '../ids.ts';
import { Language } from '../ladder.ts';
import { Moment } from './moment.ts';
import { page, PageQuery } from './page.ts';
import { country } from './rights.ts';

/*
 * Advertising (docs/adr/0088 to 0090). Breaks are interstitials of HLS (RFC 8216bis Appendix D): the playlists of a play that comes with
 * advertising name each break, players ask `GET /hls/:token/breaks/:n.json` what to show in it, and play that by themselves.
 */

/** Breaks of one episode; seconds between two of them, and from a first one at 0 on. */
export const MOST_BREAKS = 12;
export const BREAK_APART_SECONDS = 60;
/** What is shown in one break at the most. */
export const BREAK_SECONDS = 120;
export const BREAK_ADVERTS = 3;
/** The longest advertisement. */
export const CREATIVE_SECONDS = 90;

const toMilliseconds = (seconds: number) => Math.round(seconds * 1000) / 1000;
/** `PUT /api/admin/episodes/:id/breaks`: where advertising may be shown. Seconds, ascending; 0: before it begins. Empty: nowhere. */
export const BreaksChange = v.object({
  breaks: v.pipe(
    v.array(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(86_400), v.transform(toMilliseconds))),
    v.maxLength(MOST_BREAKS),
    v.check(
      (at) => at.every((second, i) => i === 0 || second - at[i - 1]! >= BREAK_APART_SECONDS),
      `breaks stand in the order in which they come, at least ${BREAK_APART_SECONDS} s apart`,
    ),
  ),
});
export const EpisodeBreaks = v.object({ breaks: v.array(v.number()) });
export type EpisodeBreaks = v.InferOutput<typeof EpisodeBreaks>;

/**
 * What a play says of its breaks (`Play.ads`); null there: it has none.
 * The player learns when one begins and ends from its HLS library (hls.js: INTERSTITIAL_STARTED, INTERSTITIAL_ASSET_STARTED …).
 */
export const PlayAds = v.object({
  /** Seconds on the episode's own timeline, as they stand in the playlists; break `n` is `breaks[n]`. 0: before it begins. */
  breaks: v.array(v.number()),
  /** The plan lets the viewer skip a break and jump over it. Playlists say the same (X-RESTRICT), for other players. */
  skippable: v.boolean(),
});
export type PlayAds = v.InferOutput<typeof PlayAds>;

/** What a viewer is told of an advertisement, in the answer that names it. */
export const Advert = v.object({
  id: idSchema('advert'),
  /** Whose it is, for people: "Advertisement: Kotori Tea". */
  advertiser: v.string(),
  /** Where a click leads: open it, and send the mark `click`. Null: nowhere. */
  clickUrl: v.nullable(v.string()),
  /**
   * Absolute, ends with a slash: `POST {marks}{mark}`, one of `adMarks`, no body, no cookies (`sendBeacon(marks + 'q1')` does it).
   * That it began needs no mark: the server sees it.
   */
  marks: v.string(),
});
export type Advert = v.InferOutput<typeof Advert>;

/**
 * `GET /hls/:token/breaks/:n.json`: X-ASSET-LIST of RFC 8216bis Appendix D. An empty list: nothing is shown, the episode goes on. Asked
 * again, the same is answered. `X-ADVERT` is ours (names that begin with X- are free to use); hls.js hands the whole answer on with ASSET_LIST_LOADED.
 */
export const AssetList = v.object({
  ASSETS: v.array(
    v.object({
      /** A multivariant playlist, absolute; it bears its own token. */
      URI: v.string(),
      /** Seconds. */
      DURATION: v.number(),
      'X-ADVERT': Advert,
    }),
  ),
});
export type AssetList = v.InferOutput<typeof AssetList>;

/**
 * How far an advertisement was seen (a quarter, half, three quarters, all of it), that it was skipped, that it was clicked:
 * `POST /hls/:adtoken/seen/:mark`. 204: counted, now or before, or not any more; 409 `conflict` with `retryAt`: sooner than that much of
 * it can have been seen, or it has not begun; each counts once, and a later quarter says the earlier ones too.
 */
export const adMarks = ['q1', 'q2', 'q3', 'q4', 'skip', 'click'] as const;
export type AdMark = (typeof adMarks)[number];

// ── The dashboard ──

const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
const some = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const time = v.nullable(Moment);
const list = <S extends v.GenericSchema>(item: S, most: number) =>
  v.nullable(v.pipe(v.array(item), v.minLength(1, 'name at least one, or null for any'), v.maxLength(most)));
/** `http` only serves local sites; elsewhere what is fetched has to be `https`, and says so when it is saved. */
const address = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(2_000),
  v.url('has to be an absolute address'),
  v.regex(/^https?:/i, 'has to begin with https://'),
);

export const campaignStates = ['draft', 'running', 'paused', 'ended'] as const;
export type CampaignState = (typeof campaignStates)[number];

const fields = {
  name: words(200),
  /** Viewers are told. */
  advertiser: words(120),
  /** [startsAt, endsAt), ms UTC; null: open on that side. */
  startsAt: time,
  endsAt: time,
  /** What is shown: a published version of an episode whose title is a draft and stays one. Either this or `vastUrl`. */
  creativeEpisodeId: v.nullable(idSchema('episode')),
  /** A tag (IAB VAST 2 to 4) that is asked for each break. */
  vastUrl: v.nullable(address),
  /** Where a click leads. */
  clickUrl: v.nullable(address),
  // Whom it is shown to; null: any.
  countries: list(country, 250),
  /** Of what is heard, BCP 47: `pt` takes `pt-BR` in. */
  languages: list(Language, 40),
  titleIds: list(idSchema('title'), 200),
  /** With episodes rated at least, and at most, so. */
  leastRating: v.nullable(v.picklist(ageRatings)),
  mostRating: v.nullable(v.picklist(ageRatings)),
  /** Most times one account sees it a day (UTC); null: any. */
  capPerDay: v.nullable(some(1_000)),
  /** Impressions bought; null: without end. */
  goal: v.nullable(some(1_000_000_000)),
  /** `even`: spread over its time, where it has a goal, a start and an end; `asap`: whenever it fits. */
  pacing: v.picklist(['even', 'asap']),
  /** 1 to 10. Of several that fit, the higher goes first. */
  priority: some(10),
  /** What a thousand impressions pay, smallest units of `currency`; null with it: nothing. */
  cpm: v.nullable(some(100_000_000)),
  currency: v.nullable(v.pipe(v.string(), v.regex(/^[a-z]{3}$/, 'has to be an ISO 4217 code in lower case'))),
};

/** `POST /api/admin/campaigns`: a draft. What is left out is open, or as below. */
export const NewCampaign = v.object({
  name: fields.name,
  advertiser: fields.advertiser,
  startsAt: v.optional(fields.startsAt, null),
  endsAt: v.optional(fields.endsAt, null),
  creativeEpisodeId: v.optional(fields.creativeEpisodeId, null),
  vastUrl: v.optional(fields.vastUrl, null),
  clickUrl: v.optional(fields.clickUrl, null),
  countries: v.optional(fields.countries, null),
  languages: v.optional(fields.languages, null),
  titleIds: v.optional(fields.titleIds, null),
  leastRating: v.optional(fields.leastRating, null),
  mostRating: v.optional(fields.mostRating, null),
  capPerDay: v.optional(fields.capPerDay, null),
  goal: v.optional(fields.goal, null),
  pacing: v.optional(fields.pacing, 'even'),
  priority: v.optional(fields.priority, 5),
  cpm: v.optional(fields.cpm, null),
  currency: v.optional(fields.currency, null),
});
export type NewCampaign = v.InferInput<typeof NewCampaign>;
/** `PATCH /api/admin/campaigns/:id`: what is named changes. Heard of within a minute everywhere. One that has ended stays as it is. */
export const CampaignChange = v.partial(v.object(fields));
export type CampaignChange = v.InferInput<typeof CampaignChange>;

/**
 * Why an episode cannot be shown as an advertisement: `gone`: there is none, `unpublished`: it has no version that viewers would get,
 * `too-long`: longer than CREATIVE_SECONDS, `title-published`: its title is in the catalogue.
 */
export const creativeFaults = ['gone', 'unpublished', 'too-long', 'title-published'] as const;
export type CreativeFault = (typeof creativeFaults)[number];
export const Creative = v.object({
  episodeId: idSchema('episode'),
  titleId: v.nullable(idSchema('title')),
  titleName: v.nullable(v.string()),
  season: v.nullable(v.number()),
  number: v.nullable(v.number()),
  name: v.nullable(v.string()),
  /** Seconds; null: nothing is published. */
  duration: v.nullable(v.number()),
  /** Null: it can be shown. */
  fault: v.nullable(v.picklist(creativeFaults)),
});
export type Creative = v.InferOutput<typeof Creative>;
/** `GET /api/admin/creatives/:episode`: whether an episode can be shown as an advertisement. */
export const CreativeParam = v.object({ episode: idSchema('episode') });

/**
 * `GET /api/admin/campaigns/:id`, and what changes one: `POST …/start` (also after a pause), `…/pause`, `…/end` (for good); `DELETE` takes
 * a draft away. `start` refuses with `invalid-request` and a pointer for each thing to mend: `/creativeEpisodeId`, `/vastUrl`, `/endsAt`.
 */
export const Campaign = v.object({
  id: idSchema('campaign'),
  state: v.picklist(campaignStates),
  name: v.string(),
  advertiser: v.string(),
  startsAt: time,
  endsAt: time,
  creative: v.nullable(Creative),
  vastUrl: v.nullable(v.string()),
  clickUrl: v.nullable(v.string()),
  countries: v.nullable(v.array(v.string())),
  languages: v.nullable(v.array(v.string())),
  titles: v.nullable(v.array(v.object({ id: idSchema('title'), name: v.string() }))),
  leastRating: v.nullable(v.picklist(ageRatings)),
  mostRating: v.nullable(v.picklist(ageRatings)),
  capPerDay: v.nullable(v.number()),
  goal: v.nullable(v.number()),
  pacing: v.picklist(['even', 'asap']),
  priority: v.number(),
  cpm: v.nullable(v.number()),
  currency: v.nullable(v.string()),
  /** Impressions so far; up to a minute behind. */
  shown: v.number(),
  createdAt: v.number(),
  updatedAt: v.number(),
});
export type Campaign = v.InferOutput<typeof Campaign>;

/** `GET /api/admin/campaigns`: the newest first. */
export const CampaignsQuery = v.object({ ...PageQuery, state: v.optional(v.picklist(campaignStates)) });
export const CampaignRow = v.object({
  ...v.pick(Campaign, [
    'id',
    'state',
    'name',
    'advertiser',
    'startsAt',
    'endsAt',
    'goal',
    'pacing',
    'priority',
    'shown',
    'createdAt',
  ]).entries,
  kind: v.picklist(['house', 'vast']),
});
export type CampaignRow = v.InferOutput<typeof CampaignRow>;
export const CampaignPage = page(CampaignRow);

/** `GET /api/admin/campaigns/:id/numbers`: sums by hour (the last 3 days) or day (the last 62), UTC, oldest first; those without any are left out. */
export const NumbersQuery = v.object({ by: v.optional(v.picklist(['hour', 'day']), 'day') });
export const CampaignNumbers = v.object({
  by: v.picklist(['hour', 'day']),
  /** [from, until), ms UTC. */
  from: v.number(),
  until: v.number(),
  items: v.array(
    v.object({
      /** Its beginning, ms UTC. */
      at: v.number(),
      impressions: v.number(),
      /** Seen to a quarter, half, three quarters, the end. */
      q1: v.number(),
      q2: v.number(),
      q3: v.number(),
      q4: v.number(),
      skips: v.number(),
      clicks: v.number(),
    }),
  ),
  shown: v.number(),
  /** Of what it pays, thousandths of the smallest unit of its currency: shown × cpm. */
  millis: v.number(),
  /** Null: without goal or end there is nothing to be behind of. */
  pace: v.nullable(
    v.object({
      goal: v.number(),
      /** What it should have by now, if it were spread evenly. */
      expected: v.number(),
      /** What it will have at its end if it goes on as in the last 24 hours. */
      forecast: v.number(),
      /** Whether the goal will be met so. */
      meets: v.boolean(),
      /** When it is met at that rate, ms UTC; null: not in its time. */
      metAt: v.nullable(v.number()),
    }),
  ),
});
export type CampaignNumbers = v.InferOutput<typeof CampaignNumbers>;

/** Why a document that a tag leads to is not to be had. */
export const documentProblems = [
  'not-allowed',
  'no-answer',
  'bad-status',
  'too-large',
  'redirects',
  'not-xml',
  'repeated',
  'too-many',
  'late',
] as const;
export type DocumentProblem = (typeof documentProblems)[number];
/** Why a file of a tag's advertisement cannot be shown: `elsewhere`: its origin is not in AD_ORIGINS. */
export const fileFaults = ['no-address', 'not-hls', 'elsewhere'] as const;
export type FileFault = (typeof fileFaults)[number];
/** Why an advertisement cannot: no file of it can, or it says no length that a break has room for. */
export const advertFaults = ['no-file', 'wrong-length'] as const;
export type AdvertFault = (typeof advertFaults)[number];
export const tagProblems = [
  ...documentProblems,
  ...advertFaults,
  'no-vast',
  'empty',
  'wrappers',
  'no-origins',
] as const;

/** `POST /api/admin/campaigns/try`: what a tag gives now, in the time that a break has. Nothing is counted, and no pixel is fired. */
export const TryTag = v.object({ vastUrl: address });
const TagProblem = v.object({
  code: v.picklist(tagProblems),
  /** The document's address or the advertisement's title; null: all of it. */
  at: v.nullable(v.string()),
  /** In words, English. */
  detail: v.string(),
});
export type TagProblem = v.InferOutput<typeof TagProblem>;
export const TagTried = v.object({
  /** Addresses of the documents that were asked, macros filled in: the tag, and what it wraps. */
  followed: v.array(v.string()),
  /** In the order in which they are tried. */
  adverts: v.array(
    v.object({
      title: v.nullable(v.string()),
      advertiser: v.nullable(v.string()),
      seconds: v.nullable(v.number()),
      clickUrl: v.nullable(v.string()),
      files: v.array(
        v.object({
          url: v.nullable(v.string()),
          /** Its media type. */
          type: v.nullable(v.string()),
          width: v.nullable(v.number()),
          height: v.nullable(v.number()),
          /** Null: it can be shown. */
          fault: v.nullable(v.picklist(fileFaults)),
        }),
      ),
      /** Null: it can be shown. */
      fault: v.nullable(v.picklist(advertFaults)),
    }),
  ),
  /** Which of `adverts` a break would show; null: none. */
  shown: v.nullable(v.number()),
  problems: v.array(TagProblem),
  /** Milliseconds. */
  tookMs: v.number(),
});
export type TagTried = v.InferOutput<typeof TagTried>;
