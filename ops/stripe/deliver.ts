import { bodyOf, listen, signature } from './events.ts';
import type { Account } from './state.ts';
import type { Event, WebhookEndpoint } from './stored.ts';

/** Tried again after so long, ms: Stripe waits hours, for three days; here nobody wants to wait. */
const WAITS = [500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];

export type Attempt = { at: number; event: string; endpoint: string; status: number | null; attempt: number };

/** The events that a signed delivery is tried of, and what came of it. */
export type Deliveries = {
  attempts: Attempt[];
  /** Sends one, once more. */
  send(event: Event): void;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
  stop(): void;
};

const wants = (endpoint: WebhookEndpoint, event: Event): boolean =>
  endpoint.status === 'enabled' &&
  (endpoint.enabled_events.includes('*') || endpoint.enabled_events.some((type) => type === event.type));

/** One delivery, signed as Stripe signs; its answer's status, or null where nobody answered. */
export async function post(url: string, secret: string, event: Event, at: number): Promise<number | null> {
  const body = bodyOf(event);
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': await signature(body, secret, at),
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
  }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.status ?? null;
}

/** Sends each event of an account to its endpoints, again and again until they say 2xx (https://docs.stripe.com/webhooks#retries). */
export function deliveries(account: Account, held: () => boolean): Deliveries {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const running = new Set<Promise<void>>();
  const attempts: Attempt[] = [];
  let stopped = false;
  const later = (event: Event, endpoint: WebhookEndpoint, attempt: number, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      const work = tryOnce(event, endpoint, attempt).finally(() => running.delete(work));
      running.add(work);
    }, ms);
    timers.add(timer);
  };
  const tryOnce = async (event: Event, endpoint: WebhookEndpoint, attempt: number): Promise<void> => {
    if (stopped || !account.tables.webhook_endpoint.has(endpoint.id)) return;
    if (held()) return later(event, endpoint, attempt, 250);
    const status = await post(endpoint.url, endpoint.secret ?? '', event, account.real());
    attempts.push({ at: account.real(), event: event.id, endpoint: endpoint.id, status, attempt });
    if (attempts.length > 1000) attempts.shift();
    if (status !== null && status >= 200 && status < 300) {
      event.pending_webhooks--;
      return;
    }
    const wait = WAITS[attempt];
    if (wait !== undefined && !stopped) later(event, endpoint, attempt + 1, wait);
  };
  const send = (event: Event) => {
    for (const endpoint of account.tables.webhook_endpoint.values()) {
      if (!wants(endpoint, event)) continue;
      event.pending_webhooks++;
      later(event, endpoint, 0, 0);
    }
  };
  listen(account, (_, event) => send(event));
  // What a former process had not got rid of.
  for (const event of account.tables.event.values()) {
    if (event.pending_webhooks <= 0) continue;
    event.pending_webhooks = 0;
    send(event);
  }
  return {
    attempts,
    send,
    idle: async () => {
      while (timers.size || running.size) {
        await Promise.all(running);
        if (timers.size) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
