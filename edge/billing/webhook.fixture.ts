import { env } from 'cloudflare:workers';
import { call } from '../testing/call.ts';

/** An event as it travels: its bytes, and what signs them (https://docs.stripe.com/webhooks#verify-manually). */
export type Sent = { body: string; signature: string };

/** @param at when it was signed, ms UTC */
export async function signedBy(secret: string, event: object | string, at = Date.now()): Promise<Sent> {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const seconds = Math.floor(at / 1000);
  const encode = (text: string) => new TextEncoder().encode(text);
  // WebCrypto takes no empty key; nothing is signed with none.
  const key = await crypto.subtle.importKey(
    'raw',
    encode(secret || ' '),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(`${seconds}.${body}`)));
  const hex = [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { body, signature: `t=${seconds},v1=${hex}` };
}

export const signed = (event: object | string): Promise<Sent> => signedBy(env.STRIPE_WEBHOOK_SECRET, event);

/** Sends it as Stripe does. */
export const deliver = ({ body, signature }: Sent, headers: Record<string, string> = {}): Promise<Response> =>
  call('POST', '/api/webhooks/stripe', {
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature, ...headers },
  });
