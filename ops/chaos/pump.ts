import { setTimeout as sleep } from 'node:timers/promises';
import { consumeTasks } from '../../edge/ingest/consumer.ts';
import { sweep } from '../../edge/operations/sweeper.ts';
import type { Platform } from '../../edge/platform/platform.ts';
import type { Dice } from './random.ts';

type Waiting = { taskId: string; at: number; deliveries: number };
export type Pump = {
  send(ids: readonly string[], seconds: number): Promise<void>;
  /** Milliseconds until the next message is due; null: there is none. */
  idleMs(): number | null;
  stop(): Promise<void>;
};

const TWICE = 0.1;
const SWEEP_MS = 400;
const CALM_SWEEP_MS = 20_000; // where nothing is lost, cron has nothing to do

/** A queue as Cloudflare promises it: at least once, in any order, retried when asked. And the cron beside it. */
export function startPump(platform: Platform, dice: Dice, calm: boolean): Pump {
  const waiting: Waiting[] = [];
  const stop = new AbortController();
  let swept = 0;

  const deliver = async (message: Waiting) => {
    const again = (options?: { delaySeconds?: number }) =>
      void waiting.push({
        ...message,
        at: platform.now() + (options?.delaySeconds ?? 0) * 1000,
        deliveries: message.deliveries + 1,
      });
    const { taskId, deliveries } = message;
    const one = {
      id: taskId,
      timestamp: new Date(),
      body: { taskId },
      attempts: deliveries,
      ack: () => {},
      retry: again,
    };
    const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } };
    const batch = { queue: 'transcode', messages: [one], metadata, ackAll: () => {}, retryAll: again };
    await consumeTasks(batch, platform).catch(() => again());
  };
  const turn = async () => {
    while (!stop.signal.aborted) {
      const due = waiting.filter(({ at }) => at <= platform.now());
      if (due.length > 0) {
        const message = calm ? due[0]! : dice.pick(due);
        if (calm || dice.next() > TWICE) waiting.splice(waiting.indexOf(message), 1);
        await deliver(message);
      } else await sleep(20);
      if (Date.now() - swept < (calm ? CALM_SWEEP_MS : SWEEP_MS)) continue;
      swept = Date.now();
      await sweep(platform);
    }
  };
  const running = turn();
  return {
    send: (ids, seconds) => {
      for (const taskId of ids) waiting.push({ taskId, at: platform.now() + seconds * 1000, deliveries: 1 });
      return Promise.resolve();
    },
    idleMs: () =>
      waiting.length === 0 ? null : Math.max(0, Math.min(...waiting.map(({ at }) => at)) - platform.now()),
    async stop() {
      stop.abort();
      await running;
    },
  };
}
