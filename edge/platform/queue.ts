import type { QueueMessage } from '../../schema/jobs/task.ts';

/** Sends task ids to the queue `transcode`; D1 holds everything else. */
export type TranscodeQueue = {
  /** @param delaySeconds not to be delivered before; whole seconds, at most a day (Cloudflare Queues) */
  send(taskIds: readonly string[], delaySeconds?: number): Promise<void>;
};

export const transcodeQueue = (queue: Queue): TranscodeQueue => ({
  async send(taskIds, delaySeconds = 0) {
    for (let i = 0; i < taskIds.length; i += 100)
      // sendBatch takes 100 messages at most
      await queue.sendBatch(
        taskIds.slice(i, i + 100).map((taskId) => ({ body: { taskId } satisfies QueueMessage })),
        delaySeconds > 0 ? { delaySeconds } : {},
      );
  },
});
