import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Stripe } from 'stripe';
import { endpointOf } from './description/check.ts';
import { described } from './description/described.ts';
import { strays } from './description/answer.ts';
import { stripeDouble, type DoubleOptions } from './double.ts';

export const at = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;
export const DAY = 86_400;

/** The double behind a real port, held to Stripe's description in what it is asked; and the SDK that talks to it. */
export async function started(options: DoubleOptions = {}, key = 'sk_test_life') {
  const double = stripeDouble(options);
  const answer = described(double.fetch);
  /** What answers say that Stripe's description does not. */
  const strange: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = request.method === 'GET' ? null : await buffer(request);
      const headers = new Headers(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const asked = new Request(`http://${request.headers.host}${request.url}`, {
        method: request.method ?? 'GET',
        headers,
        body: body?.length ? body : null,
      });
      const given = await answer(asked);
      const text = await given.text();
      const { pathname } = new URL(asked.url);
      const endpoint = endpointOf(asked.method, pathname);
      const said: { object?: string; data?: unknown[] } = given.ok && endpoint ? JSON.parse(text) : {};
      // Of a list, the description says what each in it is.
      for (const one of said.object === 'list' ? (said.data ?? []) : [said])
        if (given.ok && endpoint?.answer)
          strange.push(...strays(one, endpoint.answer, pathname.split('/')[2] ?? ''));
      response.writeHead(given.status, Object.fromEntries(given.headers)).end(text);
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  const stripe = new Stripe(key, {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const steer = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const given = await fetch(`${origin}/_double/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    return JSON.parse(await given.text());
  };
  return {
    double,
    stripe,
    origin,
    strange,
    steer,
    stop: async () => {
      double.stop();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
export type Started = Awaited<ReturnType<typeof started>>;

/** A monthly plan, in yen. */
export async function monthly({ stripe }: Started, amount = 1000, interval: 'month' | 'year' = 'month') {
  const product = await stripe.products.create({ name: 'Standard' });
  return stripe.prices.create({
    product: product.id,
    currency: 'jpy',
    unit_amount: amount,
    recurring: { interval },
  });
}

/** Somebody with a clock of their own and a card on file. */
export async function somebody({ stripe }: Started, day: string, card: string | null = 'pm_card_visa') {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at(day) });
  const customer = await stripe.customers.create({
    email: 'hana@engawa.test',
    test_clock: clock.id,
    ...(card && { payment_method: card, invoice_settings: { default_payment_method: card } }),
  });
  return {
    clock,
    customer,
    until: (to: string | number) =>
      stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: typeof to === 'string' ? at(to) : to }),
  };
}

export const typesOf = async ({ steer }: Started, customer: string): Promise<string[]> =>
  (await steer<{ type: string }[]>('GET', `events?customer=${customer}`)).map((event) => event.type);
