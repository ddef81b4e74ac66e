import { and, asc, desc, eq, inArray, isNull, lt, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { episodes } from '../../../schema/db/catalog.ts';
import { jobs, uploadParts, uploads } from '../../../schema/db/media.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import type { StoredPart } from '../../platform/s3.ts';
import { newVersion, type NewVersion } from './versions.ts';

const over: JobState[] = ['ready', 'failed', 'cancelled'];
export type UploadRow = typeof uploads.$inferSelect;

export const episodeExists = async (db: Db, id: Id<'episode'>): Promise<boolean> =>
  (await db.select({ id: episodes.id }).from(episodes).where(eq(episodes.id, id))).length > 0;

/** False: an upload of this file for this episode and purpose is open already. */
export const insertUpload = async (db: Db, row: typeof uploads.$inferInsert): Promise<boolean> =>
  (await db.insert(uploads).values(row).onConflictDoNothing().returning({ id: uploads.id })).length === 1;

/** Which file, for what: while an upload of it is open, there is no other. */
export type SameFile = Pick<UploadRow, 'episodeId' | 'bytes' | 'track'> & { fingerprint: string };
type Wishes = Pick<UploadRow, 'publishWhenReady' | 'settings' | 'expiresAt'> & { after?: UploadRow['after'] };

/** The open upload of a file, begun anew: what is wanted of it now counts. */
export const goOnWith = async (
  db: Db,
  { episodeId, bytes, fingerprint, track }: SameFile,
  wishes: Wishes,
): Promise<UploadRow | undefined> =>
  (
    await db
      .update(uploads)
      .set(wishes)
      .where(
        and(
          eq(uploads.episodeId, episodeId),
          eq(uploads.fingerprint, fingerprint),
          eq(uploads.bytes, bytes),
          eq(uploads.state, 'open'),
          track ? eq(uploads.track, track) : isNull(uploads.track),
        ),
      )
      .returning()
  )[0];

/** The upload of a file that is through, while what it led to is not: a track that waits for its video, a job that is not over. */
export const underWay = async (
  db: Db,
  { episodeId, bytes, fingerprint, track }: SameFile,
): Promise<UploadRow | undefined> => {
  const [row] = await db
    .select({ upload: uploads })
    .from(uploads)
    .leftJoin(jobs, eq(jobs.id, uploads.jobId))
    .where(
      and(
        eq(uploads.episodeId, episodeId),
        eq(uploads.fingerprint, fingerprint),
        eq(uploads.bytes, bytes),
        track ? eq(uploads.track, track) : isNull(uploads.track),
        or(eq(uploads.state, 'held'), and(eq(uploads.state, 'complete'), notInArray(jobs.state, over))),
      ),
    )
    .orderBy(desc(uploads.id))
    .limit(1);
  return row?.upload;
};

export const readUpload = async (db: Db, id: Id<'upload'>): Promise<UploadRow | undefined> =>
  (await db.select().from(uploads).where(eq(uploads.id, id)))[0];

export const ledger = (db: Db, id: Id<'upload'>): Promise<StoredPart[]> =>
  db
    .select({ number: uploadParts.number, etag: uploadParts.etag, sha256: uploadParts.sha256 })
    .from(uploadParts)
    .where(eq(uploadParts.uploadId, id))
    .orderBy(asc(uploadParts.number));

/** Saying a part again replaces what was said. One bound parameter for all of them: D1 takes 100 a statement. */
export async function recordParts(
  db: Db,
  id: Id<'upload'>,
  parts: readonly StoredPart[],
  expiresAt: number,
): Promise<number> {
  const told = sql`json_each(${JSON.stringify(parts)})`;
  const number = sql`value ->> 'number'`;
  const row = { uploadId: id, number, etag: sql`value ->> 'etag'`, sha256: sql`value ->> 'sha256'` };
  const fresh = sql`(select count(distinct ${number}) from ${told} where not exists (select 1 from upload_parts where upload_id = ${id} and number = ${number}))`;
  const [counted] = await db.batch([
    db
      .update(uploads)
      .set({ expiresAt, receivedParts: sql`${uploads.receivedParts} + ${fresh}` })
      .where(isOpen(id))
      .returning({ received: uploads.receivedParts }),
    db
      .insert(uploadParts)
      .select(sql`${selectRow(uploadParts, row)} from ${told} where true`)
      .onConflictDoUpdate({
        target: [uploadParts.uploadId, uploadParts.number],
        set: { etag: sql`excluded.etag`, sha256: sql`excluded.sha256` },
      }),
  ]);
  return counted[0]?.received ?? 0;
}

const isOpen = (id: Id<'upload'>) => and(eq(uploads.id, id), eq(uploads.state, 'open'));
/** Neither complete nor given up: its file is on its way, or waits for the video that it joins. */
export const isPending = (id: Id<'upload'>) =>
  and(eq(uploads.id, id), inArray(uploads.state, ['open', 'held']));

/** What the store has of it is what was declared. */
export const keepChecksum = (db: Db, id: Id<'upload'>, checksum: string) =>
  db.update(uploads).set({ checksum }).where(isOpen(id));

/** A track that is there before its video: it waits. False: it is not open any more. */
export const holdUpload = async (db: Db, id: Id<'upload'>, expiresAt: number): Promise<boolean> =>
  (await db.update(uploads).set({ state: 'held', expiresAt }).where(isOpen(id)).returning({ id: uploads.id }))
    .length === 1;

/**
 * The one batch that turns a stored file into an asset (its episode's next version), a job and its probe task. Every statement
 * asks for the upload to be open still, and the last one closes it: of two concurrent calls one does all, the other nothing.
 */
export async function completeUpload(
  db: Db,
  made: Omit<NewVersion, 'settings' | 'publishWhenReady' | 'userId'>,
  upload: UploadRow,
): Promise<boolean> {
  const { assetId, jobId } = made;
  const { settings, publishWhenReady, userId } = upload;
  const open = isOpen(upload.id);
  const source = sql`select episode_id, key, bytes, file_name from ${uploads} where ${open}`;
  const version = { ...made, settings, publishWhenReady, userId };
  const [, , , closed] = await db.batch([
    ...newVersion(db, version, source),
    db.update(uploads).set({ state: 'complete', assetId, jobId }).where(open).returning({ id: uploads.id }),
  ]);
  return closed.length === 1;
}

/** Compare-and-set; what it left in the store is due to be deleted at once. */
export const abortUpload = async (db: Db, id: Id<'upload'>, now: number): Promise<boolean> =>
  (
    await db
      .update(uploads)
      .set({ state: 'aborted', clearAt: now })
      .where(isPending(id))
      .returning({ id: uploads.id })
  ).length === 1;

/** Of an aborted upload: what it left is due to be deleted once more. */
export const clearAgain = (db: Db, id: Id<'upload'>, now: number) =>
  db
    .update(uploads)
    .set({ clearAt: now })
    .where(and(eq(uploads.id, id), eq(uploads.state, 'aborted')));

export const abandonedUploads = (db: Db, now: number, limit: number) =>
  db
    .update(uploads)
    .set({ state: 'aborted', clearAt: now })
    .where(
      sql`${uploads.id} in ${db
        .select({ id: uploads.id })
        .from(uploads)
        .where(and(inArray(uploads.state, ['open', 'held']), lt(uploads.expiresAt, now)))
        .limit(limit)}`,
    );

export const unclearedUploads = (db: Db, now: number, limit: number): Promise<UploadRow[]> =>
  db.select().from(uploads).where(lte(uploads.clearAt, now)).limit(limit);

export const uploadCleared = (db: Db, id: Id<'upload'>) =>
  db.update(uploads).set({ clearAt: null }).where(eq(uploads.id, id));
