import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { EncodeSettings } from '../jobs/settings.ts';
import { audioRoles, Language, subtitleRoles } from '../ladder.ts';
import { AudioFacts, Flash, Marker, markerKinds, Warning } from '../media-facts.ts';

/** `POST /api/admin/assets/:id/encode`: the same source once more, as the episode's next version. */
export const Reencode = v.object({
  settings: EncodeSettings,
  publishWhenReady: v.optional(v.boolean(), false),
});

/** What starting work answers (202): the job to follow. */
export const Begun = v.object({ jobId: idSchema('job') });
export type Begun = v.InferOutput<typeof Begun>;

const time = v.pipe(v.number(), v.minValue(0));
/** `PUT /api/admin/episodes/:id/markers`: an editor's markers take the place of found ones; null brings the found ones back. */
export const MarkersChange = v.object({
  markers: v.nullable(
    v.pipe(
      v.array(
        v.pipe(
          v.object({ kind: v.picklist(markerKinds), start: time, end: time }),
          v.check(({ start, end }) => end > start, 'a marker ends after it starts'),
        ),
      ),
      v.maxLength(12),
    ),
  ),
});

const track = {
  id: v.string(),
  language: Language,
  name: v.string(),
  default: v.boolean(),
};
const picture = v.object({ url: v.string(), width: v.number(), height: v.number() });

/** One asset of an episode, as editors see it. */
export const AssetView = v.object({
  id: idSchema('asset'),
  version: v.number(),
  revision: v.number(),
  jobId: v.nullable(idSchema('job')),
  fileName: v.string(),
  verified: v.boolean(),
  published: v.boolean(),
  encrypted: v.boolean(),
  warnings: v.array(Warning),
  override: v.nullable(v.object({ reason: v.string(), at: v.number() })),
  /** Seconds; null until there is a package. */
  duration: v.nullable(v.number()),
  video: v.array(
    v.object({
      id: v.string(),
      codec: v.string(),
      width: v.number(),
      height: v.number(),
      /** Bit/s. */
      bandwidth: v.number(),
      averageBandwidth: v.number(),
    }),
  ),
  audio: v.array(
    v.object({ ...track, role: v.picklist(audioRoles), channels: v.number(), facts: v.nullable(AudioFacts) }),
  ),
  subtitles: v.array(
    v.object({ ...track, role: v.picklist(subtitleRoles), typeset: v.boolean(), fonts: v.array(v.string()) }),
  ),
  /** Bytes of everything the package lists. */
  bytes: v.number(),
  stills: v.array(picture),
  /** Id of a job that is amending it. */
  amending: v.array(idSchema('job')),
  createdAt: v.number(),
});
export type AssetView = v.InferOutput<typeof AssetView>;

/** `GET /api/admin/episodes/:id/media`: newest version first. */
export const EpisodeMedia = v.object({
  assets: v.array(AssetView),
  markers: v.array(Marker),
  flashes: v.array(Flash),
});
export type EpisodeMedia = v.InferOutput<typeof EpisodeMedia>;

/** A line of the feed of jobs (`GET /api/admin/jobs/feed`, WebSocket): something of this job changed; ask for it. */
export const JobNews = v.object({ jobId: idSchema('job') });
export type JobNews = v.InferOutput<typeof JobNews>;

/** `POST /api/admin/jobs/:id/watch`: an editor watches what is encoded so far. The playlist grows until the job is ready. */
export const EarlyWatch = v.object({
  masterUrl: v.string(),
  /** Milliseconds UTC. */
  until: v.number(),
  /** Seconds that can be watched now, and of the whole. */
  available: v.number(),
  duration: v.number(),
  /** Names of tracks that can be heard by now; none: the sound is still being made. */
  audio: v.array(v.string()),
});
export type EarlyWatch = v.InferOutput<typeof EarlyWatch>;
