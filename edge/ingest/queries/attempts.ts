import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import type { Attempt } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { attempts, tasks } from '../../../schema/db/media.ts';
import type { AttemptOutcome } from '../../../schema/jobs/state.ts';
import type { ProblemCode } from '../../../schema/problem.ts';
import { selectRow, type Db } from '../../platform/db.ts';

/** How an attempt ended; what is left out was not said. */
export type AttemptEnd = {
  outcome: AttemptOutcome | SQL<AttemptOutcome>;
  problem?: ProblemCode | SQL;
  detail?: string | SQL;
  log?: string | null | SQL;
  cpuSeconds?: number | undefined;
};

/**
 * The statement that keeps how the attempts of some tasks ended. It stands in the batch of the change that ends them, before the
 * statement that does: `ending` is what that one asks for, and the rest (fence, begin, disk) is still in the row.
 * @param ending a condition on `tasks`, such as `leased(db, lease)`
 */
export const attemptEnded = (db: Db, ending: SQL | undefined, end: AttemptEnd, now: number) =>
  db
    .insert(attempts)
    .select(
      sql`${selectRow(attempts, {
        taskId: sql`${tasks.id}`,
        attempt: sql`${tasks.attempt}`,
        outcome: end.outcome,
        problem: end.problem ?? null,
        detail: end.detail ?? null,
        log: end.log ?? null,
        cpuSeconds: end.cpuSeconds ?? null,
        diskPeak: sql`${tasks.diskPeak}`,
        startedAt: sql`${tasks.startedAt}`,
        endedAt: now,
      })} from ${tasks} where ${and(eq(tasks.state, 'leased'), ending)}`,
    )
    .onConflictDoNothing(); // a fence ends once, whoever says so again

/**
 * Of a task: its last attempt was taken from its transcoder, which may write until it hears of that. Until then such a task waits; when
 * nobody can be writing any more is its `dueAt`.
 */
export const takenAway = sql`(${tasks.state} = 'waiting' and exists (select 1 from ${attempts}
  where ${attempts.taskId} = ${tasks.id} and ${attempts.attempt} = ${tasks.attempt} and ${attempts.outcome} = 'superseded'))`;

/** Every attempt at a task that is over, oldest first; null where there is no such task. */
export async function attemptsOf(db: Db, taskId: Id<'task'>): Promise<Attempt[] | null> {
  const [found, rows] = await db.batch([
    db.select({ id: tasks.id }).from(tasks).where(eq(tasks.id, taskId)),
    db
      .select({
        attempt: attempts.attempt,
        outcome: attempts.outcome,
        problem: attempts.problem,
        detail: attempts.detail,
        log: attempts.log,
        cpuSeconds: attempts.cpuSeconds,
        diskPeak: attempts.diskPeak,
        startedAt: attempts.startedAt,
        endedAt: attempts.endedAt,
      })
      .from(attempts)
      .where(eq(attempts.taskId, taskId))
      .orderBy(asc(attempts.attempt)),
  ]);
  return found.length === 0 ? null : rows;
}
