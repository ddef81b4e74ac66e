import { same } from './equal.ts';
import { newId, now, type Account } from './state.ts';
import type { Event } from './stored.ts';
import { shown, type Shown } from './show.ts';

const EVENTS_KEPT = 20_000;

export const API_VERSION = '2026-10-28.endive';

/** Somebody who hears of each event as it happens: deliver.ts. */
export type Listener = (account: Account, event: Event) => void;
const listeners = new WeakMap<Account, Listener>();
export const listen = (account: Account, listener: Listener): void => void listeners.set(account, listener);

/** Whose something is: payments of invoices and disputes do not say so themselves. Null: nobody's in particular. */
export function ownerOf(account: Account, object: Record<string, unknown>): string | null {
  const { customer, charge, invoice, id } = object;
  if (object['object'] === 'customer') return typeof id === 'string' ? id : null;
  if (typeof customer === 'string') return customer;
  if (typeof charge === 'string') return account.tables.charge.get(charge)?.customer ?? null;
  return (typeof invoice === 'string' && account.tables.invoice.get(invoice)?.customer) || null;
}

/** Tells what has happened: `object` as it is now, and, of a change, what was otherwise before. */
export function emit(
  account: Account,
  type: Event['type'],
  object: Shown,
  previous?: Record<string, unknown>,
): Event {
  const event: Event = {
    id: newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: now(account, ownerOf(account, shown(object))),
    data: { object: structuredClone(shown(object)), ...(previous && { previous_attributes: previous }) },
    livemode: false,
    pending_webhooks: 0,
    request: account.request ?? { id: null, idempotency_key: null },
    type,
  };
  const { event: all } = account.tables;
  all.set(event.id, event);
  // Stripe keeps events for a month; here so many are kept, as a state that is saved must not grow for ever.
  for (const [oldest] of all) {
    if (all.size <= EVENTS_KEPT) break;
    all.delete(oldest);
  }
  listeners.get(account)?.(account, event);
  return event;
}

/** Changes an object in place and tells of it, if that made it another. */
export function change<T extends Shown>(
  account: Account,
  type: Event['type'],
  object: T,
  alter: (object: T) => void,
): T {
  const before: Record<string, unknown> = structuredClone(shown(object));
  alter(object);
  const after: Record<string, unknown> = shown(object);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const otherwise = names.filter((name) => !same(before[name], after[name]));
  if (otherwise.length)
    emit(account, type, object, Object.fromEntries(otherwise.map((name) => [name, before[name] ?? null])));
  return object;
}

/** `Stripe-Signature` of a body (https://docs.stripe.com/webhooks#verify-manually). @param at s */
export async function signature(body: string, secret: string, at: number): Promise<string> {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey(
    'raw',
    bytes.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const mac = await crypto.subtle.sign('HMAC', key, bytes.encode(`${at}.${body}`));
  return `t=${at},v1=${Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The bytes that are signed and sent: Stripe's own are indented, too. */
export const bodyOf = (event: Event): string => JSON.stringify(event, null, 2);
