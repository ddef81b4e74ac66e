import { and, asc, count, eq, lt, lte, sql } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { episodes } from '../../../schema/db/catalog.ts';
import { uploadParts, uploads } from '../../../schema/db/media.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import { newVersion, type NewVersion } from './versions.ts';

export type UploadRow = typeof uploads.$inferSelect;
export type Part = { number: number; etag: string };

export const episodeExists = async (db: Db, id: Id<'episode'>): Promise<boolean> =>
  (await db.select({ id: episodes.id }).from(episodes).where(eq(episodes.id, id))).length > 0;

export const insertUpload = (db: Db, row: typeof uploads.$inferInsert) => db.insert(uploads).values(row);

export const readUpload = async (db: Db, id: Id<'upload'>): Promise<UploadRow | undefined> =>
  (await db.select().from(uploads).where(eq(uploads.id, id)))[0];

export const ledger = (db: Db, id: Id<'upload'>): Promise<Part[]> =>
  db
    .select({ number: uploadParts.number, etag: uploadParts.etag })
    .from(uploadParts)
    .where(eq(uploadParts.uploadId, id))
    .orderBy(asc(uploadParts.number));

/** Saying a part again replaces what was said. One bound parameter for all of them: D1 takes 100 a statement. */
export async function recordParts(
  db: Db,
  id: Id<'upload'>,
  parts: readonly Part[],
  expiresAt: number,
): Promise<number> {
  const row = { uploadId: id, number: sql`value ->> 'number'`, etag: sql`value ->> 'etag'` };
  const [, , counted] = await db.batch([
    db
      .insert(uploadParts)
      .select(sql`${selectRow(uploadParts, row)} from json_each(${JSON.stringify(parts)}) where true`)
      .onConflictDoUpdate({
        target: [uploadParts.uploadId, uploadParts.number],
        set: { etag: sql`excluded.etag` },
      }),
    db.update(uploads).set({ expiresAt }).where(isOpen(id)),
    db.select({ received: count() }).from(uploadParts).where(eq(uploadParts.uploadId, id)),
  ]);
  return counted[0]?.received ?? 0;
}

export const isOpen = (id: Id<'upload'>) => and(eq(uploads.id, id), eq(uploads.state, 'open'));

/**
 * The one batch that turns a stored file into an asset (its episode's next version), a job and its probe task. Every statement
 * asks for the upload to be open still, and the last one closes it: of two concurrent calls one does all, the other nothing.
 */
export async function completeUpload(
  db: Db,
  made: Omit<NewVersion, 'settings' | 'publishWhenReady'>,
  upload: UploadRow,
): Promise<boolean> {
  const { assetId, jobId } = made;
  const { settings, publishWhenReady } = upload;
  const open = isOpen(upload.id);
  const source = sql`select episode_id, key, bytes, file_name from ${uploads} where ${open}`;
  const version = { ...made, settings, publishWhenReady };
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
      .where(isOpen(id))
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
        .where(and(eq(uploads.state, 'open'), lt(uploads.expiresAt, now)))
        .limit(limit)}`,
    );

export const unclearedUploads = (db: Db, now: number, limit: number): Promise<UploadRow[]> =>
  db.select().from(uploads).where(lte(uploads.clearAt, now)).limit(limit);

export const uploadCleared = (db: Db, id: Id<'upload'>) =>
  db.update(uploads).set({ clearAt: null }).where(eq(uploads.id, id));
