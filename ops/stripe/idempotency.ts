import { Refusal } from './errors.ts';
import type { Account } from './state.ts';

/** Stripe forgets keys a day later (https://docs.stripe.com/api/idempotent_requests). */
const KEPT = 24 * 3600;

export type Answer = { status: number; body: string };

/**
 * The answer that a key was given before; null: it is new.
 * @param request the method, address and parameters: a key belongs to one request
 * @throws Refusal `idempotency_error`: the key was used for something else
 */
export function replayed(account: Account, key: string, request: string, at: number): Answer | null {
  const { answered } = account.tables;
  const before = answered.get(key);
  if (!before) return null;
  if (at - before.at > KEPT) {
    answered.delete(key);
    return null;
  }
  if (before.request !== request)
    throw new Refusal(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  return before;
}

/** Refusals of parameters, and of too many requests, are not remembered: nothing was begun. */
export function remember(account: Account, key: string, request: string, answer: Answer, at: number): void {
  if (answer.status === 400 || answer.status === 401 || answer.status === 429) return;
  const { answered } = account.tables;
  for (const [old, { at: then }] of answered) {
    if (at - then <= KEPT) break; // they stand in the order they came
    answered.delete(old);
  }
  answered.set(key, { request, ...answer, at });
}
