import * as v from 'valibot';
import { idSchema } from '../../schema/ids.ts';
import { QueueMessage } from '../../schema/jobs/task.ts';
import type { Platform } from '../platform/platform.ts';
import { dispatch } from './dispatch.ts';
import { complain } from '../platform/log.ts';

const Message = v.object({ ...QueueMessage.entries, taskId: idSchema('task') });

/** Reads the queue `transcode`. Each message is acknowledged or retried by itself. */
export async function consumeTasks(batch: MessageBatch, platform: Platform): Promise<void> {
  for (const message of batch.messages) {
    const body = v.safeParse(Message, message.body);
    if (!body.success) {
      complain({ event: 'message not understood', id: message.id, body: message.body });
      message.ack(); // it would not be understood the next time either
      continue;
    }
    const { retryAfter } = await dispatch(platform, body.output.taskId, message.attempts);
    if (retryAfter === null) message.ack();
    else message.retry({ delaySeconds: retryAfter });
  }
}

/** Reads the dead-letter queue: for the log only. The task's row is the truth, and the sweeper sends it again. */
export function consumeDeadLetters(batch: MessageBatch): void {
  for (const { id, body, attempts } of batch.messages)
    complain({ event: 'message given up by the queue', id, body, attempts });
  batch.ackAll();
}
