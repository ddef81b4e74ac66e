import { Stripe } from 'stripe';
import * as v from 'valibot';

type Fetch = (request: Request) => Promise<Response>;

/** What the pages stand on: Stripe's API by its own SDK, and what Stripe has no API for. */
export type Backstage = {
  stripe: Stripe;
  /** One of the double's own addresses, under `/_double/`. @throws Error with what it said */
  ask: <S extends v.GenericSchema>(
    path: string,
    schema: S,
    json?: unknown,
    method?: 'DELETE' | 'GET' | 'POST',
  ) => Promise<v.InferOutput<S>>;
};

/** @param key whose account the pages show */
export function backstage(fetch: Fetch, key: string): Backstage {
  const stripe = new Stripe(key, {
    httpClient: Stripe.createFetchHttpClient((url: RequestInfo | URL, init?: RequestInit) =>
      fetch(new Request(url, init)),
    ),
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return {
    stripe,
    async ask(path, schema, json, method = json === undefined ? 'GET' : 'POST') {
      const request = new Request(`http://stripe.local/_double/${path}`, {
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        method,
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      const answer = await fetch(request);
      const said: unknown = await answer.json();
      const refused = v.safeParse(v.object({ error: v.object({ message: v.string() }) }), said);
      if (refused.success) throw new Error(refused.output.error.message);
      return v.parse(schema, said);
    },
  };
}

/** What an error says to whoever stands before the page. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
