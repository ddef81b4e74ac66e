import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { EncodeSettings } from '../jobs/settings.ts';
import { CertificateCheck } from '../jobs/task.ts';
import { audioRoles, FrameRate, Language, Rung, subtitleRoles } from '../ladder.ts';
import { Warning } from '../media-facts.ts';
import { attemptOutcomes, jobStates, taskKinds, taskStates, type JobState } from '../jobs/state.ts';
import { ProblemCodeSchema } from '../problem.ts';
import { page, PageQuery } from './page.ts';

/** S3: parts are 5 MiB to 5 GiB (the last may be smaller), at most 10,000 of them. */
export const MIN_PART_BYTES = 5 * 1024 * 1024;
export const MAX_PARTS = 10_000;
export const MAX_UPLOAD_BYTES = 200 * 1024 ** 3;

/** Of a part or a whole file: base64, as S3 writes checksums. */
const Sha256 = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9+/]{43}=$/, 'must be the base64 of a SHA-256 digest, 44 characters'),
);

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
  /** The file is a track for an asset of the episode: the present one, or that of `after`. */
  track: v.optional(v.nullable(NewTrack), null),
  /** Of a track: the upload of the video that it belongs to. It may be sent before that video is there, and joins it when it is. */
  after: v.optional(v.nullable(idSchema('upload')), null),
  /**
   * Which file it is (`fingerprintRanges` in schema/file-fingerprint.ts says of what). While an upload of it for this episode is open,
   * or its job under way, beginning again gives that one, with the parts that are there, on whatever machine. Left out: each call begins a
   * new one.
   */
  fingerprint: v.optional(
    v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'))),
    null,
  ),
});

/** `held`: the file is there, and waits for the video that it is a track of. */
export const uploadStates = ['open', 'held', 'complete', 'aborted'] as const;
export type UploadState = (typeof uploadStates)[number];
const uploadCard = {
  id: idSchema('upload'),
  episodeId: idSchema('episode'),
  fileName: v.string(),
  bytes: v.number(),
  fingerprint: v.nullable(v.string()),
  state: v.picklist(uploadStates),
  publishWhenReady: v.boolean(),
  track: v.nullable(NewTrack),
  after: v.nullable(idSchema('upload')),
  /** Every part has this size but the last. */
  partBytes: v.number(),
  parts: v.number(),
  /** How many of them have arrived. */
  receivedParts: v.number(),
  /**
   * Of the whole file, once it is there: the SHA-256 of the SHA-256 digests of its parts, base64, and how many parts, as S3 writes
   * composite checksums (`…=-3`). Null as well where the store keeps no checksums.
   */
  checksum: v.nullable(v.string()),
  /** Set once complete. */
  assetId: v.nullable(idSchema('asset')),
  jobId: v.nullable(idSchema('job')),
  createdAt: v.number(),
  /** When it is given up, unless somebody goes on with it; ms UTC. */
  expiresAt: v.number(),
};
export const Upload = v.object({
  ...uploadCard,
  /** Part numbers, from 1, that are in the ledger: an upload is resumed by sending the others. */
  received: v.array(v.number()),
});
export type Upload = v.InferOutput<typeof Upload>;

/** `GET /api/uploads`: newest first. */
export const UploadQuery = v.object({ ...PageQuery, state: v.optional(v.picklist(uploadStates), 'open') });
export const UploadCard = v.object({
  ...uploadCard,
  titleId: idSchema('title'),
  titleName: v.string(),
  season: v.number(),
  episode: v.number(),
});
export type UploadCard = v.InferOutput<typeof UploadCard>;
export const UploadPage = page(UploadCard);

const partNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PARTS));
const etag = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/**
 * `POST /api/uploads/:id/parts`: says which parts arrived (with the ETag that the store answered) and asks for addresses of others.
 * Each with the SHA-256 of its bytes: the store refuses a part that arrives with others. Saying a part again replaces what was said.
 */
export const PartsRequest = v.object({
  received: v.optional(
    v.pipe(v.array(v.object({ number: partNumber, etag, sha256: Sha256 })), v.maxLength(100)),
    [],
  ),
  want: v.optional(v.pipe(v.array(v.object({ number: partNumber, sha256: Sha256 })), v.maxLength(100)), []),
});
export const PartsAnswer = v.object({
  /**
   * PUT the part's bytes here with `headers`, which are signed, and no others of your own; the answer's ETag header is what `received`
   * takes.
   */
  urls: v.array(v.object({ number: partNumber, url: v.string(), headers: v.record(v.string(), v.string()) })),
  expiresAt: v.number(),
  missing: v.number(),
});

const glance = {
  id: idSchema('task'),
  kind: v.picklist(taskKinds),
  /** Chunk number or rendition id; empty where there is one of its kind. */
  part: v.string(),
  state: v.picklist(taskStates),
  /** 0 to 1. */
  progress: v.number(),
  note: v.nullable(v.string()),
};
export const TaskView = v.object({
  ...glance,
  attempt: v.number(),
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

/**
 * What a job that nobody works on waits for. `turn`: others are before it; `transcoder`: none has room; `contact`: none answers;
 * `retry`: an attempt went wrong, and the next one is due at `until`; `another`: another job of the same episode or season.
 */
export const waitReasons = ['turn', 'transcoder', 'contact', 'retry', 'another'] as const;
/** Tabs of the list of jobs. `done`: ready, published or not. */
export const jobTabs = {
  queue: ['queued'],
  running: ['probing', 'encoding', 'packaging'],
  failed: ['failed'],
  done: ['ready'],
  cancelled: ['cancelled'],
} as const satisfies Record<string, readonly JobState[]>;
export type JobTab = keyof typeof jobTabs;
const tabs = Object.keys(jobTabs) as JobTab[];

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
  /** Of the asset that it makes or changes. */
  version: v.number(),
  /** Null: the platform itself began it, or they have no account any more. */
  startedBy: v.nullable(v.object({ id: v.string(), name: v.string() })),
  /** Jobs before it in the line, of one that has not begun; null where there are 200 or more. */
  ahead: v.nullable(v.number()),
  /** Of a job that is not over and that nobody works on. */
  waits: v.nullable(v.object({ for: v.picklist(waitReasons), until: v.nullable(v.number()) })),
  /** Its tasks that are worked on now. */
  working: v.array(v.omit(v.object(glance), ['state'])),
  /** Tasks that are done, and all that are known by now. */
  tasksDone: v.number(),
  tasksAll: v.number(),
  createdAt: v.number(),
  finishedAt: v.nullable(v.number()),
});
export type JobCard = v.InferOutput<typeof JobCard>;
export const JobPage = page(JobCard);
/**
 * `GET /api/admin/jobs`: newest first; the queue in the order in which it is worked off.
 */
export const JobQuery = v.object({
  ...PageQuery,
  tab: v.optional(v.picklist(tabs)),
  state: v.optional(v.picklist(jobStates)),
  /** Parts of the title's names or of the file's; of one or two letters, among the newest 2,000 jobs only. */
  q: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100))),
  /** Only these, such as those that the feed named: up to 50 ids with commas between. Everything else is left aside. */
  ids: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.split(',')),
      v.array(idSchema('job')),
      v.maxLength(50),
    ),
  ),
});

/** `POST /api/admin/jobs/bulk`: each on its own; answers with each one's fate (`BulkAnswer`). */
export const JobsChange = v.object({
  ids: v.pipe(v.array(idSchema('job')), v.minLength(1), v.maxLength(100)),
  action: v.picklist(['retry', 'cancel']),
});
export type JobsChange = v.InferOutput<typeof JobsChange>;

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
  /** What its file was found to be; null until it was looked at, and for what changes a finished asset. */
  source: v.nullable(
    v.object({
      container: v.string(),
      codec: v.string(),
      width: v.number(),
      height: v.number(),
      /** Pictures a second of what is made. */
      frameRate: FrameRate,
      /** Seconds. */
      duration: v.number(),
      interlaced: v.boolean(),
      hdr: v.nullable(v.picklist(['pq', 'hlg'])),
    }),
  ),
  /** By what settings each rung is encoded. `maxrate`: bit/s. */
  rungs: v.array(v.pick(Rung, ['id', 'codec', 'width', 'height', 'crf', 'maxrate'])),
});
export type JobView = v.InferOutput<typeof JobView>;
