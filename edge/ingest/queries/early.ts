import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { assets, jobs, tasks } from '../../../schema/db/media.ts';
import type { Db } from '../../platform/db.ts';
import type { StoredObject } from '../growing.ts';
import { encodeKinds, type Part } from '../next-tasks.ts';

export type EarlyJob = Pick<typeof jobs.$inferSelect, 'state' | 'plan' | 'change'> & {
  asset: Pick<typeof assets.$inferSelect, 'id' | 'prefix' | 'keyId'>;
};
/** A job, its encode tasks that are done, and what they stored. */
export type Early = { job: EarlyJob; done: Part[]; objects: StoredObject[] };

/**
 * Read as one snapshot, so that no task counts as done whose objects are not in the answer.
 * @param rendition only its objects; null: those of all
 */
export async function readEarly(db: Db, id: Id<'job'>, rendition: string | null): Promise<Early | null> {
  const ofJob = and(eq(tasks.jobId, id), eq(tasks.state, 'done'), inArray(tasks.kind, [...encodeKinds]));
  const [found, done, objects] = await db.batch([
    db
      .select({
        state: jobs.state,
        plan: jobs.plan,
        change: jobs.change,
        asset: { id: assets.id, prefix: assets.prefix, keyId: assets.keyId },
      })
      .from(jobs)
      .innerJoin(assets, eq(assets.id, jobs.assetId))
      .where(eq(jobs.id, id)),
    db.select({ kind: tasks.kind, part: tasks.part }).from(tasks).where(ofJob),
    db
      .select({
        object: sql<string>`json_object('key', object.value ->> 'key', 'bytes', object.value ->> 'bytes',
          'segment', object.value -> 'segment', 'init', object.value -> 'init')`,
      })
      .from(tasks)
      .innerJoin(sql`json_each(${tasks.result}, '$.objects') as object`, sql`true`)
      .where(
        and(
          ofJob,
          isNotNull(tasks.result),
          rendition === null
            ? undefined
            : sql`coalesce(object.value ->> '$.segment.rendition', object.value ->> '$.init.rendition') = ${rendition}`,
        ),
      ),
  ]);
  const [job] = found;
  if (!job) return null;
  return { job, done, objects: objects.map(({ object }) => storedObject(object)) };
}

/** What was checked when the task reported it. SQLite has null where JSON has nothing. */
function storedObject(text: string): StoredObject {
  const { segment, init, ...file } = JSON.parse(text) as {
    [K in keyof StoredObject]-?: NonNullable<StoredObject[K]> | (K extends 'segment' | 'init' ? null : never);
  };
  return { ...file, ...(segment && { segment }), ...(init && { init }) };
}
