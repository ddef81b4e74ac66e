import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { uploadStates, type NewTrack } from '../api/ingest.ts';
import type { Id } from '../ids.ts';
import type { Plan } from '../jobs/plan.ts';
import type { EncodeSettings } from '../jobs/settings.ts';
import type { Warning } from '../media-facts.ts';
import { attemptOutcomes, jobStates, taskKinds, taskStates } from '../jobs/state.ts';
import type { Change, PackageResult, TaskResult } from '../jobs/task.ts';
import type { ProblemCode } from '../problem.ts';
import { episodes } from './catalog.ts';

const episode = () =>
  text()
    .$type<Id<'episode'>>()
    .notNull()
    .references(() => episodes.id, { onDelete: 'cascade' });

/** Multipart uploads, straight to the store. */
export const uploads = sqliteTable(
  'uploads',
  {
    id: text().$type<Id<'upload'>>().primaryKey(),
    episodeId: episode(),
    userId: text().notNull(),
    fileName: text().notNull(),
    bytes: integer().notNull(),
    partBytes: integer().notNull(),
    /** Object key of the source and the store's multipart id. */
    key: text().notNull(),
    multipartId: text().notNull(),
    state: text({ enum: uploadStates }).notNull().default('open'),
    publishWhenReady: integer({ mode: 'boolean' }).notNull().default(false),
    settings: text({ mode: 'json' }).$type<EncodeSettings>(),
    /** A dub or subtitles for the episode's present asset; null: a source of its own. `replaces`: the rendition that goes. */
    track: text({ mode: 'json' }).$type<NewTrack>(),
    /** Of a track: the upload of the video that it waits for. */
    after: text().$type<Id<'upload'>>(),
    /** Which file it is; null: whoever began it did not say. */
    fingerprint: text(),
    /** Rows of `upload_parts`: kept, so that no request counts them. */
    receivedParts: integer().notNull().default(0),
    /** Of the whole file, as the store confirmed it: S3's composite SHA-256. */
    checksum: text(),
    assetId: text().$type<Id<'asset'>>(),
    jobId: text().$type<Id<'job'>>(),
    /** Aborted: when what it left in the store is to be deleted; null once nothing is left. */
    clearAt: integer(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
  },
  (t) => [
    index('uploads_open').on(t.state, t.expiresAt),
    index('uploads_list').on(t.state, t.id),
    index('uploads_clear').on(t.clearAt),
    index('uploads_file').on(t.episodeId, t.fingerprint),
    // One open upload a file, episode and purpose: a double click or another machine gets the one that is there.
    uniqueIndex('uploads_video')
      .on(t.episodeId, t.fingerprint, t.bytes)
      .where(sql`state = 'open' and fingerprint is not null and track is null`),
    uniqueIndex('uploads_track')
      .on(t.episodeId, t.fingerprint, t.bytes, t.track)
      .where(sql`state = 'open' and fingerprint is not null and track is not null`),
  ],
);

/** The ledger of parts: what has arrived, by the store's own ETag. */
export const uploadParts = sqliteTable(
  'upload_parts',
  {
    uploadId: text()
      .$type<Id<'upload'>>()
      .notNull()
      .references(() => uploads.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    etag: text().notNull(),
    /** Of its bytes, base64. */
    sha256: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.uploadId, t.number] })],
);

/** One uploaded source for one episode; replacing a source makes the next version. */
export const assets = sqliteTable(
  'assets',
  {
    id: text().$type<Id<'asset'>>().primaryKey(),
    episodeId: episode(),
    version: integer().notNull(),
    sourceKey: text().notNull(),
    sourceBytes: integer().notNull(),
    fileName: text().notNull(),
    /** `hls/{slug}/season-{n}/ep-{m}/v{version}/`. */
    prefix: text().notNull(),
    /** Content master key that this asset's keys derive from; null: not encrypted. */
    keyId: text(),
    /** True once its certificate holds: the gate of publish. */
    verified: integer({ mode: 'boolean' }).notNull().default(false),
    /** Of its package: one more with each amendment that took effect. */
    revision: integer().notNull().default(1),
    /** The number of the last amendment that was begun, from 2: renditions that it makes are named by it. */
    amendments: integer().notNull().default(1),
    /** The certificate's. One that blocks keeps the asset from being published until somebody says why it may be. */
    warnings: text({ mode: 'json' }).$type<Warning[]>(),
    override: text({ mode: 'json' }).$type<{ reason: string; userId: string; at: number }>(),
    /** Stored bytes of what its package names, by kind and in all; written by the batch that makes or amends the package. */
    videoBytes: integer().notNull().default(0),
    audioBytes: integer().notNull().default(0),
    subtitleBytes: integer().notNull().default(0),
    pictureBytes: integer().notNull().default(0),
    bytes: integer().notNull().default(0),
    /** Verified, and viewers of its episode get another one; kept by triggers (media.sql). */
    idle: integer({ mode: 'boolean' }).notNull().default(false),
    /** An editor deleted it. The row stays, so that no later version gets its number and prefix. */
    deletedAt: integer(),
    createdAt: integer().notNull(),
  },
  (t) => [
    uniqueIndex('assets_version').on(t.episodeId, t.version),
    index('assets_idle')
      .on(t.bytes, t.id)
      .where(sql`idle`),
    uniqueIndex('assets_prefix').on(t.prefix), // a slug may pass from one title to another; published media stays
  ],
);

/**
 * Files that versions and tracks were made from: one row each, however many versions share it. Made and kept by triggers (media.sql).
 */
export const sources = sqliteTable(
  'sources',
  {
    /** Object key in the media store. */
    key: text().primaryKey(),
    episodeId: episode(),
    fileName: text().notNull(),
    bytes: integer().notNull(),
    /** Deleted, or to be deleted by the next sweep: nothing can be made from it any more. */
    goneAt: integer(),
    createdAt: integer().notNull(),
  },
  (t) => [
    index('sources_largest')
      .on(t.bytes, t.key)
      .where(sql`gone_at is null`),
    index('sources_episode').on(t.episodeId),
  ],
);

/** Bytes stored for a title, and for all of them (`titleId` empty); kept by triggers (media.sql), so that nobody adds up rows. */
export const storage = sqliteTable(
  'storage',
  {
    titleId: text().$type<Id<'title'> | ''>().primaryKey(),
    sourceBytes: integer().notNull().default(0),
    videoBytes: integer().notNull().default(0),
    audioBytes: integer().notNull().default(0),
    subtitleBytes: integer().notNull().default(0),
    pictureBytes: integer().notNull().default(0),
    bytes: integer().notNull().default(0),
  },
  (t) => [index('storage_largest').on(t.bytes, t.titleId)],
);

/** The numbers by which the full-text table `job_search` knows jobs (media.sql). */
export const jobTexts = sqliteTable('job_texts', {
  id: integer().primaryKey(),
  jobId: text()
    .$type<Id<'job'>>()
    .notNull()
    .unique()
    .references(() => jobs.id, { onDelete: 'cascade' }),
});

export const jobs = sqliteTable(
  'jobs',
  {
    id: text().$type<Id<'job'>>().primaryKey(),
    assetId: text()
      .$type<Id<'asset'>>()
      .notNull()
      .references(() => assets.id, { onDelete: 'cascade' }),
    episodeId: episode(),
    state: text({ enum: jobStates }).notNull(),
    settings: text({ mode: 'json' }).$type<EncodeSettings>(),
    /** What an amendment of a finished asset is to change, null: the asset itself is made. */
    change: text({ mode: 'json' }).$type<Change>(),
    /** Where what an amendment adds is read from; null: the asset's own source. */
    sourceKey: text(),
    sourceBytes: integer(),
    fileName: text(),
    publishWhenReady: integer({ mode: 'boolean' }).notNull(),
    /** Who began it; null: the platform itself, as it does with a second ladder. */
    userId: text(),
    /** The barrier: encode tasks not yet done. Counted down in the batch that marks one done. */
    remaining: integer().notNull().default(0),
    plan: text({ mode: 'json' }).$type<Plan>(),
    certificate: text({ mode: 'json' }).$type<PackageResult['certificate']>(),
    problem: text().$type<ProblemCode>(),
    detail: text(),
    /** Failed, and what it finished stays until `clearAt`: a retry goes on with the rest. */
    resumable: integer({ mode: 'boolean' }).notNull().default(false),
    /** Failed and cancelled: when nobody can be writing any more, so that what is left under the prefix can be deleted for good. */
    clearAt: integer(),
    /** Failed and cancelled: when nothing was left under the prefix any more. */
    clearedAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    finishedAt: integer(),
  },
  (t) => [
    index('jobs_created').on(t.createdAt, t.id),
    index('jobs_state').on(t.state, t.createdAt, t.id),
    index('jobs_episode').on(t.episodeId, t.createdAt),
    index('jobs_clear').on(t.clearAt),
  ],
);

export const tasks = sqliteTable(
  'tasks',
  {
    id: text().$type<Id<'task'>>().primaryKey(),
    jobId: text()
      .$type<Id<'job'>>()
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    kind: text({ enum: taskKinds }).notNull(),
    /** Chunk number or rendition id; empty where there is one of its kind. */
    part: text().notNull().default(''),
    state: text({ enum: taskStates }).notNull(),
    /** The fence: one more with every claim and never less, so that a token is good for one claim only. */
    attempt: integer().notNull().default(0),
    /** Attempts that count against `MAX_ATTEMPTS`: claims handed back unharmed do not. */
    failures: integer().notNull().default(0),
    /** Leased: when the lease runs out. Waiting: not to be sent before. Queued: when a message for it was last seen. ms UTC. */
    dueAt: integer().notNull(),
    progress: real().notNull().default(0),
    note: text(),
    /** Bytes on the transcoder's scratch disk: now, and the most of this attempt. */
    diskNow: integer(),
    diskPeak: integer(),
    result: text({ mode: 'json' }).$type<TaskResult>(),
    problem: text().$type<ProblemCode>(),
    detail: text(),
    log: text(),
    startedAt: integer(),
    finishedAt: integer(),
    createdAt: integer().notNull(),
  },
  (t) => [uniqueIndex('tasks_part').on(t.jobId, t.kind, t.part), index('tasks_due').on(t.state, t.dueAt)],
);

/** How each attempt at a task went, kept until its job's rows go. */
export const attempts = sqliteTable(
  'attempts',
  {
    taskId: text()
      .$type<Id<'task'>>()
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    /** The fence of the claim. */
    attempt: integer().notNull(),
    outcome: text({ enum: attemptOutcomes }).notNull(),
    problem: text().$type<ProblemCode>(),
    detail: text(),
    log: text(),
    cpuSeconds: real(),
    diskPeak: integer(),
    startedAt: integer(),
    endedAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.attempt] })],
);

/** Prefixes of renditions that no present package names: deleted once no playback token can name them either. */
export const retired = sqliteTable(
  'retired',
  { prefix: text().primaryKey(), clearAt: integer().notNull() },
  (t) => [index('retired_clear').on(t.clearAt)],
);
