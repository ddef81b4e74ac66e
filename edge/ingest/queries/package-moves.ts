import { and, eq, exists, sql } from 'drizzle-orm';
import { episodes } from '../../../schema/db/catalog.ts';
import { assets, jobs } from '../../../schema/db/media.ts';
import type { PackageResult } from '../../../schema/jobs/task.ts';
import type { Db } from '../../platform/db.ts';
import { finish } from './job-moves.ts';
import { switchTo } from './publish.ts';
import { held, type JobLease } from './tasks.ts';

/** packaging → ready: the asset is verified and, where that was asked for, published. False: the lease was lost. */
export async function packaged(
  db: Db,
  lease: JobLease,
  asset: Pick<typeof assets.$inferSelect, 'id' | 'episodeId' | 'version'>,
  { package: pack, certificate }: PackageResult,
  now: number,
): Promise<boolean> {
  const wanted = and(
    held(db, lease),
    exists(
      db
        .select({ one: sql`1` })
        .from(jobs)
        .where(and(eq(jobs.id, lease.jobId), jobs.publishWhenReady)),
    ),
    // An older version that is ready late does not push a newer one aside.
    sql`not exists (select 1 from ${assets} join ${episodes} on ${episodes.assetId} = ${assets.id}
        where ${episodes.id} = ${asset.episodeId} and ${assets.version} > ${asset.version})`,
  );
  const [, , , , , finished] = await db.batch([
    db
      .update(assets)
      .set({ verified: true })
      .where(and(eq(assets.id, asset.id), held(db, lease))),
    ...switchTo(db, asset, pack, now, wanted),
    db
      .update(jobs)
      .set({ state: 'ready', certificate, updatedAt: now, finishedAt: now })
      .where(and(eq(jobs.id, lease.jobId), eq(jobs.state, 'packaging'), held(db, lease))),
    ...finish(db, lease, null, now),
  ]);
  return finished.length === 1;
}
