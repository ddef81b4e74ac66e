import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { audioRoles, Language, subtitleRoles } from '../ladder.ts';
import { Marker } from '../media-facts.ts';
import { Chapter } from '../package.ts';
import { businessModels } from '../plans.ts';
import { LiveStream, UnbegunRental } from '../problem.ts';
import { PlayAds } from './ads.ts';

const track = { id: v.string(), language: Language, name: v.string(), default: v.boolean() };

/** `POST /api/episodes/:id/hls`, its body, which may be left out. */
export const StartPlay = v.object({
  /** "Play here instead": a stream of one's own (problem `too-many-streams` names them) that ends for this one. */
  takeOver: v.optional(idSchema('playback')),
  /**
   * The tab or the screen it plays in, by a name that the player made up and keeps. One plays one thing: what it began before ends
   * for this, also where it was left too early to say so.
   */
  seat: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{8,40}$/))),
  /** What plays, in words, to tell streams apart: "Firefox on Linux". */
  device: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(80))),
  /** This player keeps cookies and fetches files with credentials. Where the CDN takes cookies, it gets them. */
  cookies: v.optional(v.boolean(), false),
  /** Ask for `start` in the answer: this player begins before it has a playlist. */
  start: v.optional(v.boolean(), false),
  /** Seconds: where this play begins, for `start`; left out: where this profile was. */
  position: v.optional(v.pipe(v.number(), v.minValue(0))),
  /** The viewer was told that the time of their rental begins with this play, and wants it. Without: `rental-begins`. */
  beginsRental: v.optional(v.boolean(), false),
});

/** `GET /api/episodes/:id/grant`: whether it would play, and how, for whoever asks; nothing begins. Refusals are those of a play. */
export const Grantable = v.object({
  model: v.picklist(businessModels),
  /** The play would begin this rental's time. */
  rental: v.nullable(UnbegunRental),
});
export type Grantable = v.InferOutput<typeof Grantable>;

/** `POST /api/playback/:session/heartbeat`: keeps the stream, and says how far it is. */
export const Heartbeat = v.object({
  /** Seconds from the start. */
  position: v.pipe(v.number(), v.minValue(0)),
  /** Counts up with each message of a play: one that arrives late changes nothing. */
  number: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** The viewer stopped, or left the page: what is known is written now. */
  stopped: v.optional(v.boolean(), false),
  /** What is heard now, where the viewer chose it: the language of a track of this play. Others are passed over. */
  audio: v.optional(Language),
});

/** `GET /api/me/streams`: what plays now on one's own account, the latest first. */
export const LiveStreams = v.object({ items: v.array(LiveStream) });
export type LiveStreams = v.InferOutput<typeof LiveStreams>;

/**
 * What to hear and read, by what tracks are and not by their ids, so that it holds for every episode and every device.
 * `subtitles` null: none. `PUT /api/me/tracks/:title` remembers it for a series.
 */
export const TrackChoice = v.object({
  audio: v.nullable(v.object({ language: Language, role: v.picklist(audioRoles) })),
  subtitles: v.nullable(v.object({ language: Language, role: v.picklist(subtitleRoles) })),
});
export type TrackChoice = v.InferOutput<typeof TrackChoice>;

const address = v.string();
/** The original of typeset subtitles (ASS) with its fonts, absolute addresses. */
export const TypesetTrack = v.object({
  url: address,
  fonts: v.array(v.object({ url: address, family: v.string() })),
});

/** Sprites for the seek bar: WebVTT whose cues name `sprite.ext#xywh=x,y,w,h`; an absolute address. */
export const Storyboard = v.object({ url: address, width: v.number(), height: v.number() });

/** Of one rendition. Addresses are `base`, `uri` and `query` of the start, one behind the other. */
const FirstTrack = v.object({
  /** For `MediaSource.addSourceBuffer`. */
  type: v.string(),
  init: v.string(),
  segments: v.array(
    v.object({
      uri: v.string(),
      /** Media sequence number: as 16 bytes, big-endian, the IV of AES-128-CBC (RFC 8216bis 4.4.4.4). */
      index: v.number(),
      /** Seconds on the episode's own timeline. */
      start: v.number(),
      duration: v.number(),
      period: v.number(),
    }),
  ),
});

/**
 * What a browser needs for its first picture before it has asked for any playlist (ADR 0053): the init and first segments of the
 * smallest rung and of the chosen sound at `position`, and the keys that open them.
 */
export const PlayStart = v.object({
  /** Seconds: where the play begins. The first segments hold it. */
  position: v.number(),
  base: address,
  query: v.string(),
  video: FirstTrack,
  audio: v.nullable(FirstTrack),
  /** Hex, 16 bytes, by key period; null: not encrypted. */
  keys: v.nullable(v.array(v.object({ period: v.number(), key: v.string() }))),
});
export type PlayStart = v.InferOutput<typeof PlayStart>;

/** `POST /api/episodes/:id/hls`: one play. */
export const Play = v.object({
  sessionId: idSchema('playback'),
  /** Absolute; the token is in its path, so relative addresses inherit it and players need no header. */
  masterUrl: v.string(),
  /** Files are opened by cookies that came with this answer: fetch those of the CDN with credentials. */
  credentials: v.boolean(),
  /** Milliseconds UTC: no key is given after it. Ask again before then to go on. */
  until: v.number(),
  /** Seconds. */
  duration: v.number(),
  /** Pixels: the tallest picture this grant allows. */
  maxHeight: v.number(),
  audio: v.array(v.object({ ...track, role: v.picklist(audioRoles), channels: v.number() })),
  subtitles: v.array(
    v.object({ ...track, role: v.picklist(subtitleRoles), typeset: v.nullable(TypesetTrack) }),
  ),
  /** What this viewer is to hear and read of these, by id: what they chose for the series, else what they prefer. */
  chosen: v.object({ audio: v.nullable(v.string()), subtitles: v.nullable(v.string()) }),
  storyboard: v.nullable(Storyboard),
  chapters: v.array(Chapter),
  markers: v.array(Marker),
  /** Seconds: where this profile was; null: at the start, or seen to the end. */
  resumeAt: v.nullable(v.number()),
  /** Seconds between heartbeats. */
  heartbeatSeconds: v.number(),
  /** Null where the player did not ask for it (`start` in the request), or it would not help. */
  start: v.nullable(PlayStart),
  /** Where it is interrupted for advertising; null: nowhere. With a break before it begins there is no `start`. */
  ads: v.nullable(PlayAds),
});
export type Play = v.InferOutput<typeof Play>;
