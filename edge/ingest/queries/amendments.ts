import { and, desc, eq, exists, notInArray, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { episodes } from '../../../schema/db/catalog.ts';
import { assets, jobs, retired, tasks, uploads } from '../../../schema/db/media.ts';
import type { Plan } from '../../../schema/jobs/plan.ts';
import type { EncodeSettings } from '../../../schema/jobs/settings.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import type { Change } from '../../../schema/jobs/task.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import { isPending } from './uploads.ts';

export type AssetRow = typeof assets.$inferSelect;
export const readAsset = async (db: Db, id: Id<'asset'>): Promise<AssetRow | undefined> =>
  (await db.select().from(assets).where(eq(assets.id, id)))[0];

/** What an editor amends when he names the episode only: what viewers get, else the newest that could be published. */
export async function presentAsset(db: Db, episodeId: Id<'episode'>): Promise<AssetRow | undefined> {
  const [row] = await db
    .select({ asset: assets })
    .from(assets)
    .innerJoin(episodes, eq(episodes.id, assets.episodeId))
    .where(and(eq(assets.episodeId, episodeId), assets.verified))
    .orderBy(desc(sql`${episodes.assetId} is ${assets.id}`), desc(assets.version))
    .limit(1);
  return row?.asset;
}

const over: JobState[] = ['ready', 'failed', 'cancelled'];
/** What is being changed about an asset right now. */
export async function changesUnderWay(
  db: Db,
  { id, episodeId }: Pick<AssetRow, 'id' | 'episodeId'>,
): Promise<Change[]> {
  const rows = await db
    .select({ change: jobs.change })
    .from(jobs)
    .where(and(eq(jobs.episodeId, episodeId), eq(jobs.assetId, id), notInArray(jobs.state, over)));
  return rows.flatMap(({ change }) => change ?? []);
}

export type Amendment = {
  asset: Pick<AssetRow, 'id' | 'episodeId'>;
  jobId: Id<'job'>;
  taskId: Id<'task'>;
  change: Omit<Change, 'number'>;
  /** Of a removal alone, which asks for nothing to be read or encoded: the job begins with its package. */
  plan: Plan | null;
  source: { key: string; bytes: number; fileName: string } | null;
  settings: EncodeSettings | null;
  /** Who began it; null: the platform itself. */
  userId: string | null;
  now: number;
};
/**
 * The statements that begin an amendment of a verified asset, numbered by the asset itself, for a batch.
 * @param only what else must hold
 */
export function beginAmendment(db: Db, amendment: Amendment, only?: SQL) {
  const { asset, jobId, taskId, plan, source, settings, userId, now } = amendment;
  const change = JSON.stringify({ number: 0, ...amendment.change });
  const amendable = and(eq(assets.id, asset.id), assets.verified, only);
  const job = selectRow(jobs, {
    id: jobId,
    assetId: asset.id,
    episodeId: asset.episodeId,
    state: plan ? 'packaging' : 'queued',
    settings,
    change: sql`json_set(${change}, '$.number', ${assets.amendments})`,
    sourceKey: source?.key ?? null,
    sourceBytes: source?.bytes ?? null,
    fileName: source?.fileName ?? null,
    publishWhenReady: false,
    userId,
    plan,
    createdAt: now,
    updatedAt: now,
  });
  const task = selectRow(tasks, {
    id: taskId,
    jobId,
    kind: plan ? 'package' : 'probe',
    state: 'waiting',
    dueAt: now,
    createdAt: now,
  });
  return [
    db
      .update(assets)
      .set({ amendments: sql`${assets.amendments} + 1` })
      .where(amendable),
    db.insert(jobs).select(sql`${job} from ${assets} where ${amendable}`),
    db
      .insert(tasks)
      .select(sql`${task} from ${jobs} where ${eq(jobs.id, jobId)}`)
      .onConflictDoNothing(),
  ] as const;
}

/** False: the asset is not verified, or it has or is being given an AV1 ladder already. */
export async function amendAsset(db: Db, amendment: Amendment): Promise<boolean> {
  const { asset, jobId, change } = amendment;
  const another = db
    .select({ one: sql`1` })
    .from(jobs)
    .where(
      and(
        eq(jobs.episodeId, asset.episodeId),
        eq(jobs.assetId, asset.id),
        sql`json_extract(${jobs.change}, '$.add.kind') = 'av1'`,
        notInArray(jobs.state, over),
      ),
    );
  const only = change.add?.kind === 'av1' ? sql`not ${exists(another)}` : undefined;
  const [, , , made] = await db.batch([
    ...beginAmendment(db, amendment, only),
    db.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId)),
  ]);
  return made.length === 1;
}

/** A stored track file becomes an amendment. As `completeUpload`: of two concurrent calls one does all, the other nothing. */
export async function completeTrack(db: Db, uploadId: Id<'upload'>, amendment: Amendment): Promise<boolean> {
  const pending = exists(
    db
      .select({ one: sql`1` })
      .from(uploads)
      .where(isPending(uploadId)),
  );
  const begun = exists(
    db
      .select({ one: sql`1` })
      .from(jobs)
      .where(eq(jobs.id, amendment.jobId)),
  );
  const [, , , closed] = await db.batch([
    ...beginAmendment(db, amendment, pending),
    db
      .update(uploads)
      .set({ state: 'complete', assetId: amendment.asset.id, jobId: amendment.jobId })
      .where(and(isPending(uploadId), begun))
      .returning({ id: uploads.id }),
  ]);
  return closed.length === 1;
}

/** Prefixes that no playback token can name any more. */
export const dueRetired = (db: Db, now: number, limit: number): Promise<{ id: string }[]> =>
  db
    .select({ id: retired.prefix })
    .from(retired)
    .where(sql`${retired.clearAt} <= ${now}`)
    .limit(limit);

export const retiredCleared = (db: Db, prefix: string) =>
  db.delete(retired).where(eq(retired.prefix, prefix));
