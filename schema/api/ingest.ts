import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { EncodeSettings } from '../jobs/settings.ts';
import { CertificateCheck } from '../jobs/task.ts';
import { audioRoles, Language, subtitleRoles } from '../ladder.ts';
import { Warning } from '../media-facts.ts';
import { attemptOutcomes, jobStates, taskKinds, taskStates } from '../jobs/state.ts';
import { ProblemCodeSchema } from '../problem.ts';
import { page, PageQuery } from './page.ts';

/** S3: parts are 5 MiB to 5 GiB (the last may be smaller), at most 10,000 of them. */
export const MIN_PART_BYTES = 5 * 1024 * 1024;
export const MAX_PARTS = 10_000;
export const MAX_UPLOAD_BYTES = 200 * 1024 ** 3;

const track = {
  language: Language,
  /** As players list it; null: the language's name. */
  name: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))), null),
  /** Seconds by which the track is moved later (negative: earlier) than its file says. */
  delay: v.optional(v.pipe(v.number(), v.minValue(-600), v.maxValue(600)), 0),
  /** Id of the rendition that goes when this one is there. */
  replaces: v.optional(v.nullable(v.string()), null),
};
/** A dub or a subtitle file for an episode that has an asset already. */
export const NewTrack = v.variant('kind', [
  v.object({ kind: v.literal('audio'), role: v.optional(v.picklist(audioRoles), 'dub'), ...track }),
  v.object({ kind: v.literal('subtitles'), role: v.optional(v.picklist(subtitleRoles), 'full'), ...track }),
]);
export type NewTrack = v.InferOutput<typeof NewTrack>;

/** `POST /api/uploads`. */
export const NewUpload = v.object({
  episodeId: idSchema('episode'),
  /** As the person's disk names it. Shown, never used as a path. */
  fileName: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1, 'the file is empty'), v.maxValue(MAX_UPLOAD_BYTES)),
  /** Publish as soon as the certificate holds. */
  publishWhenReady: v.optional(v.boolean(), false),
  settings: v.optional(EncodeSettings),
  /** The file is a track for the episode's present asset. */
  track: v.optional(v.nullable(NewTrack), null),
});

export const uploadStates = ['open', 'complete', 'aborted'] as const;
export const Upload = v.object({
  id: idSchema('upload'),
  episodeId: idSchema('episode'),
  fileName: v.string(),
  bytes: v.number(),
  state: v.picklist(uploadStates),
  /** Every part has this size but the last. */
  partBytes: v.number(),
  parts: v.number(),
  /** Part numbers, from 1, whose ETag is in the ledger: an upload is resumed by sending the others. */
  received: v.array(v.number()),
  /** Set once complete. */
  assetId: v.nullable(idSchema('asset')),
  jobId: v.nullable(idSchema('job')),
  expiresAt: v.number(),
});
export type Upload = v.InferOutput<typeof Upload>;

const partNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PARTS));
/**
 * `POST /api/uploads/:id/parts`: says which parts arrived (with the ETag that the store answered) and asks for addresses of others.
 * Saying a part again replaces what was said.
 */
export const PartsRequest = v.object({
  received: v.optional(
    v.pipe(
      v.array(v.object({ number: partNumber, etag: v.pipe(v.string(), v.minLength(1), v.maxLength(100)) })),
      v.maxLength(100),
    ),
    [],
  ),
  want: v.optional(v.pipe(v.array(partNumber), v.maxLength(100)), []),
});
export const PartsAnswer = v.object({
  /** PUT the part's bytes here, with no header of your own; the answer's ETag header is what `received` takes. */
  urls: v.array(v.object({ number: partNumber, url: v.string() })),
  expiresAt: v.number(),
  missing: v.number(),
});

export const TaskView = v.object({
  id: idSchema('task'),
  kind: v.picklist(taskKinds),
  /** Chunk number or rendition id; empty where there is one of its kind. */
  part: v.string(),
  state: v.picklist(taskStates),
  attempt: v.number(),
  /** 0 to 1. */
  progress: v.number(),
  note: v.nullable(v.string()),
  /** Bytes on the transcoder's scratch disk: now, and the most of this attempt. */
  disk: v.nullable(v.object({ now: v.number(), peak: v.number() })),
  problem: v.nullable(ProblemCodeSchema),
  detail: v.nullable(v.string()),
  log: v.nullable(v.string()),
  startedAt: v.nullable(v.number()),
  finishedAt: v.nullable(v.number()),
  /** When it will be tried again, if it waits for that. */
  retryAt: v.nullable(v.number()),
});
export type TaskView = v.InferOutput<typeof TaskView>;

/** `GET /api/admin/tasks/:id/attempts`. */
export const Attempt = v.object({
  attempt: v.number(),
  outcome: v.picklist(attemptOutcomes),
  problem: v.nullable(ProblemCodeSchema),
  detail: v.nullable(v.string()),
  log: v.nullable(v.string()),
  cpuSeconds: v.nullable(v.number()),
  diskPeak: v.nullable(v.number()),
  startedAt: v.nullable(v.number()),
  endedAt: v.number(),
});
export type Attempt = v.InferOutput<typeof Attempt>;

export const jobPurposes = ['encode', 'audio', 'subtitles', 'av1', 'remove'] as const;
export const JobCard = v.object({
  id: idSchema('job'),
  state: v.picklist(jobStates),
  episodeId: idSchema('episode'),
  assetId: idSchema('asset'),
  titleId: idSchema('title'),
  titleName: v.string(),
  season: v.number(),
  episode: v.number(),
  fileName: v.string(),
  bytes: v.number(),
  /** What it is for: an asset of its own, or an amendment of one. */
  purpose: v.picklist(jobPurposes),
  /** 0 to 1 over all tasks; never less than before. */
  progress: v.number(),
  /** When it should be over, ms UTC; null while nothing can be said. */
  readyAt: v.nullable(v.number()),
  problem: v.nullable(ProblemCodeSchema),
  detail: v.nullable(v.string()),
  published: v.boolean(),
  createdAt: v.number(),
  finishedAt: v.nullable(v.number()),
});
export type JobCard = v.InferOutput<typeof JobCard>;
export const JobPage = page(JobCard);
export const JobQuery = v.object({ ...PageQuery, state: v.optional(v.picklist(jobStates)) });

/** `GET /api/admin/jobs/:id`. */
export const JobView = v.object({
  ...JobCard.entries,
  tasks: v.array(TaskView),
  /** From the plan: what was normalised. */
  notes: v.array(v.string()),
  certificate: v.nullable(
    v.object({ holds: v.boolean(), checks: v.array(CertificateCheck), warnings: v.array(Warning) }),
  ),
  settings: EncodeSettings,
});
export type JobView = v.InferOutput<typeof JobView>;
