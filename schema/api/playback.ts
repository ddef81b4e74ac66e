import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { audioRoles, Language, subtitleRoles } from '../ladder.ts';
import { Marker } from '../media-facts.ts';
import { Chapter } from '../package.ts';
import { LiveStream } from '../problem.ts';

const track = { id: v.string(), language: Language, name: v.string(), default: v.boolean() };

/** `POST /api/episodes/:id/hls`, its body, which may be left out. */
export const StartPlay = v.object({
  /** "Play here instead": a stream of one's own (problem `too-many-streams` names them) that ends for this one. */
  takeOver: v.optional(idSchema('playback')),
  /** What plays, in words, to tell streams apart: "Firefox on Linux". */
  device: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(80))),
  /** This player keeps cookies and fetches files with credentials. Where the CDN takes cookies, it gets them. */
  cookies: v.optional(v.boolean(), false),
});

/** `POST /api/playback/:session/heartbeat`: keeps the stream, and says how far it is. */
export const Heartbeat = v.object({
  /** Seconds from the start. */
  position: v.pipe(v.number(), v.minValue(0)),
  /** Counts up with each message of a play: one that arrives late changes nothing. */
  number: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** The viewer stopped, or left the page: what is known is written now. */
  stopped: v.optional(v.boolean(), false),
});

/** `GET /api/me/streams`: what plays now on one's own account, the latest first. */
export const LiveStreams = v.object({ items: v.array(LiveStream) });
export type LiveStreams = v.InferOutput<typeof LiveStreams>;

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
  subtitles: v.array(v.object({ ...track, role: v.picklist(subtitleRoles) })),
  chapters: v.array(Chapter),
  markers: v.array(Marker),
  /** Seconds: where this profile was; null: at the start, or seen to the end. */
  resumeAt: v.nullable(v.number()),
  /** Seconds between heartbeats. */
  heartbeatSeconds: v.number(),
});
export type Play = v.InferOutput<typeof Play>;
