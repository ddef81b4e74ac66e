import type { Id } from '../../schema/ids.ts';
import type { Platform } from '../platform/platform.ts';
import { nextInLine, taskQueued } from './queries/tasks.ts';
import { complain } from '../platform/log.ts';

type Sending = Pick<Platform, 'db' | 'queue' | 'now'>;

/**
 * Sends tasks that already stand in D1. A failure here is logged and no more: the rows are the truth, and the sweeper
 * sends them again. They are marked only after sending, so that a crash in between means twice, never not at all.
 */
export async function sendTasks(platform: Sending, ids: readonly Id<'task'>[]): Promise<void> {
  await attempt(ids, async () => {
    await platform.queue.send(ids);
    await taskQueued(platform.db, ids, platform.now());
  });
}

/** Sends one that waits for `dueAt`: the queue holds it back, so that no retry has to wait for a cron's minute. */
export async function sendLater(platform: Sending, id: Id<'task'>, dueAt: number): Promise<void> {
  await attempt([id], () => platform.queue.send([id], Math.ceil((dueAt - platform.now()) / 1000)));
}

/** Sends each when it is due. */
export async function sendDue(
  platform: Sending,
  due: readonly { id: Id<'task'>; dueAt: number }[],
): Promise<void> {
  const now = platform.now();
  const ready = due.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id);
  if (ready.length > 0) await sendTasks(platform, ready);
  for (const { id, dueAt } of due) if (dueAt > now) await sendLater(platform, id, dueAt);
}

/**
 * A transcoder has room again: offers it the next task at once. Messages of the others come round by themselves, but
 * later and later the longer they wait.
 */
export async function offerNext(platform: Sending): Promise<void> {
  await attempt([], async () => {
    const next = await nextInLine(platform.db);
    if (next) await platform.queue.send([next]);
  });
}

async function attempt(ids: readonly string[], send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    complain({ event: 'tasks not sent', tasks: ids, error });
  }
}
