import { and, eq, exists, sql } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { episodes } from '../../../schema/db/catalog.ts';
import { assets, jobs, retired } from '../../../schema/db/media.ts';
import { RETIRED_MS } from '../../../schema/jobs/state.ts';
import type { PackageResult } from '../../../schema/jobs/task.ts';
import type { Warning } from '../../../schema/media-facts.ts';
import { countEpisodes } from '../../catalog/title-facts.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import { storedOf } from '../stored.ts';
import { beginAmendment, type Amendment } from './amendments.ts';
import { attemptEnded } from './attempts.ts';
import { finish } from './job-moves.ts';
import { beginMarkers } from './markers.ts';
import { languages, switchTo, titleOf } from './publish.ts';
import { done, givenBack, held, leased, type JobLease, type Work } from './tasks.ts';

/**
 * packaging → ready: the asset is verified and, where that was asked for and no warning blocks it, published.
 * @param next what is begun then: its second ladder, and the comparison of its season
 * @returns false: the lease was lost
 */
export async function packaged(
  db: Db,
  lease: JobLease,
  asset: Work['asset'],
  { package: pack, certificate }: PackageResult,
  { wave, markers }: { wave: Amendment | null; markers: Id<'task'> | null },
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
  const rows = await db.batch([
    db
      .update(assets)
      .set({ verified: true, warnings: certificate.warnings, ...storedOf(pack) })
      .where(and(eq(assets.id, asset.id), held(db, lease))),
    ...switchTo(db, asset, pack, now, wanted),
    ...(wave ? beginAmendment(db, wave, held(db, lease)) : []),
    ...(markers ? [beginMarkers(db, lease.jobId, markers, now, held(db, lease))] : []),
    db
      .update(jobs)
      .set({ state: 'ready', certificate, updatedAt: now, finishedAt: now })
      .where(and(eq(jobs.id, lease.jobId), eq(jobs.state, 'packaging'), held(db, lease)))
      .returning({ id: jobs.id }),
    ...finish(db, lease, null, now),
  ]);
  const finished = rows.at(-1);
  return Array.isArray(finished) && finished.length === 1;
}

export type Amended = {
  asset: Work['asset'];
  result: PackageResult;
  /** The asset's from now on. */
  warnings: Warning[];
  /** Prefixes of what the asset had and has no more. */
  gone: string[];
  /** A warning blocks it: it may take effect only while nobody watches the asset. */
  blocked: boolean;
};
/**
 * packaging → ready of an amendment: the asset's next revision, for viewers at once where it is published. Compare-and-set on the
 * revision that it was made from.
 * @returns 'superseded': another amendment took effect first, so that the package is to be made again on top of that one
 */
export async function amended(
  db: Db,
  lease: JobLease,
  { asset, result, warnings, gone, blocked }: Amended,
  now: number,
): Promise<'ok' | 'stale' | 'superseded'> {
  const { package: pack, certificate } = result;
  const published = db
    .select({ one: sql`1` })
    .from(episodes)
    .where(and(eq(episodes.id, asset.episodeId), eq(episodes.assetId, asset.id)));
  const onTop = and(
    held(db, lease),
    exists(
      db
        .select({ one: sql`1` })
        .from(assets)
        .where(and(eq(assets.id, asset.id), eq(assets.revision, pack.revision - 1))),
    ),
    blocked ? sql`not ${exists(published)}` : undefined,
  );
  const isReady = exists(
    db
      .select({ one: sql`1` })
      .from(jobs)
      .where(and(eq(jobs.id, lease.jobId), eq(jobs.state, 'ready'))),
  );
  const row = selectRow(retired, { prefix: sql`value`, clearAt: now + RETIRED_MS });
  const [, , , , , finished] = await db.batch([
    db
      .insert(retired)
      .select(sql`${row} from json_each(${JSON.stringify(gone)}) where ${onTop}`)
      .onConflictDoNothing(),
    db
      .update(episodes)
      .set({
        assetRevision: pack.revision,
        audio: languages(pack.audio),
        subtitles: languages(pack.subtitles),
        updatedAt: now,
      })
      .where(and(eq(episodes.id, asset.episodeId), eq(episodes.assetId, asset.id), onTop)),
    db
      .update(jobs)
      .set({ state: 'ready', certificate, updatedAt: now, finishedAt: now })
      .where(and(eq(jobs.id, lease.jobId), eq(jobs.state, 'packaging'), onTop)),
    db
      .update(assets)
      .set({ revision: pack.revision, warnings, ...storedOf(pack), ...(blocked && { override: null }) })
      .where(and(eq(assets.id, asset.id), onTop, isReady)),
    attemptEnded(db, and(leased(db, lease), isReady), { outcome: 'done' }, now),
    done(db, lease, null, now, isReady),
    ...countEpisodes(db, titleOf(asset.episodeId)), // dubs and subtitles come and go
  ]);
  if (finished.length === 1) return 'ok';
  const detail = 'Another amendment of the asset took effect first; packaged again on top of it.';
  const [, again] = await db.batch([
    attemptEnded(db, leased(db, lease), { outcome: 'superseded', detail }, now),
    givenBack(db, lease, detail, now),
  ]);
  return again.length === 1 ? 'superseded' : 'stale';
}

/** Whether viewers get this asset. */
export const isPublished = async (db: Db, { id, episodeId }: { id: Id<'asset'>; episodeId: Id<'episode'> }) =>
  (
    await db
      .select({ id: episodes.id })
      .from(episodes)
      .where(and(eq(episodes.id, episodeId), eq(episodes.assetId, id)))
  ).length === 1;
