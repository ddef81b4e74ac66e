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

/** Sends ids of Stripe's events to the queue `billing`; D1 holds the events. */
export type BillingQueue = { send(eventIds: readonly string[]): Promise<void> };

export const billingQueue = (queue: Queue): BillingQueue => ({
  async send(eventIds) {
    for (let i = 0; i < eventIds.length; i += 100)
      await queue.sendBatch(eventIds.slice(i, i + 100).map((eventId) => ({ body: { eventId } })));
  },
});
