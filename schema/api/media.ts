import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { EncodeSettings } from '../jobs/settings.ts';
import { audioRoles, Language, subtitleRoles } from '../ladder.ts';
import { page } from './page.ts';
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

/** Stored bytes by kind. `pictures`: stills, storyboard, preview, key frames for fast seeking. */
export const Stored = v.object({
  source: v.number(),
  video: v.number(),
  audio: v.number(),
  subtitles: v.number(),
  pictures: v.number(),
  total: v.number(),
});
export type Stored = v.InferOutput<typeof Stored>;

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
      bytes: v.number(),
      /** Likeness to the source at this rung's size, SSIM of luma, 0 to 1, measured while encoding; null where it was not. */
      ssim: v.nullable(v.number()),
    }),
  ),
  audio: v.array(
    v.object({
      ...track,
      role: v.picklist(audioRoles),
      channels: v.number(),
      averageBandwidth: v.number(),
      bytes: v.number(),
      facts: v.nullable(AudioFacts),
    }),
  ),
  subtitles: v.array(
    v.object({
      ...track,
      bytes: v.number(),
      role: v.picklist(subtitleRoles),
      typeset: v.boolean(),
      fonts: v.array(v.string()),
    }),
  ),
  /** Bytes of everything the package lists. */
  bytes: v.number(),
  stored: Stored,
  /** Its file is deleted: it plays, but nothing can be made from the file any more. */
  sourceGone: v.boolean(),
  /** Viewers get it from then on, ms UTC; null: no switch to it is planned. */
  publishAt: v.nullable(v.number()),
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

/** `GET /api/admin/storage`: of everything. */
export const StorageUsed = v.object({ all: Stored });
export type StorageUsed = v.InferOutput<typeof StorageUsed>;

/** `GET /api/admin/storage/titles`: the largest first. */
export const TitleStorage = v.object({
  id: idSchema('title'),
  name: v.string(),
  stored: Stored,
});
export const TitleStoragePage = page(TitleStorage);

const ofEpisode = {
  titleId: idSchema('title'),
  titleName: v.string(),
  episodeId: idSchema('episode'),
  season: v.number(),
  episode: v.number(),
};
/** `GET /api/admin/storage/versions`: finished versions in whose place viewers get another one, the largest first. */
export const IdleVersion = v.object({
  ...ofEpisode,
  id: idSchema('asset'),
  version: v.number(),
  /** What viewers get. */
  shownVersion: v.number(),
  bytes: v.number(),
  createdAt: v.number(),
});
export const IdleVersionPage = page(IdleVersion);

/** `GET /api/admin/storage/sources`: files that versions were made from, the largest first. */
export const SourceFile = v.object({
  ...ofEpisode,
  /** Its key in the store. */
  id: v.string(),
  fileName: v.string(),
  bytes: v.number(),
  createdAt: v.number(),
  /** A version that was made from it, to delete it by; null: it belongs to a track. */
  assetId: v.nullable(idSchema('asset')),
});
export const SourceFilePage = page(SourceFile);

/** `DELETE /api/admin/assets/:id` and `…/source`: bytes that the next sweep frees. */
export const Freed = v.object({ bytes: v.number() });
