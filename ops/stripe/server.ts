import * as v from 'valibot';
import { described } from './description/described.ts';
import { stripeDouble } from './double.ts';
import { keptIn } from './kept.ts';
import { listen } from './listen.ts';
import { pages } from './pages/app.ts';
import { undescribed } from './undescribed.ts';

export type StripeOptions = {
  port: number;
  /** Where its state is kept. */
  file: string;
  /** The account that is ours: its pages and console are shown. Other keys have accounts of their own. */
  key: string;
  /** Where it tells of what happens, signed with `secret`. */
  webhook: { url: string; secret: string };
};

/** What is due is done so often, ms. */
const TICK_MS = 1_000;

/**
 * The double as a server of this machine: Stripe's API, its pages, a console. What is asked is held against Stripe's description first.
 */
export async function startStripe({ port, file, key, webhook }: StripeOptions) {
  const origin = `http://localhost:${port}`;
  const kept = keptIn(file, () => JSON.stringify(double.save()));
  const double = stripeDouble({
    key,
    secret: webhook.secret,
    // Where its pages are, whatever name it is asked by.
    origin,
    ...(kept.before === undefined ? {} : { saved: v.parse(v.pipe(v.string(), v.parseJson()), kept.before) }),
  });
  const changing = async (request: Request) => {
    try {
      return await double.fetch(request);
    } finally {
      if (request.method !== 'GET') kept.changed();
    }
  };
  const app = pages(undescribed(described(changing)), key);
  const server = await listen((request) => app.fetch(request), port);
  await changing(
    new Request(`${origin}/_double/endpoints`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(webhook),
    }),
  );
  const ticking = setInterval(() => void double.tick().then(() => kept.changed()), TICK_MS);
  return {
    origin,
    stop: async () => {
      clearInterval(ticking);
      double.stop();
      await server.stop();
      kept.close();
    },
  };
}
