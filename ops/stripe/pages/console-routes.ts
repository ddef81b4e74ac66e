import { Hono } from 'hono';
import type { Context } from 'hono';
import * as v from 'valibot';
import { wordsOf, type Backstage } from './backstage.ts';
import { consolePage, eventPage, moves } from './console.ts';
import { customerPage } from './customer.ts';
import { said } from './said.ts';

const Clock = v.object({ now: v.number() });
const Faults = v.array(v.object({ kind: v.string() }));
const Settings = v.object({ declines: v.optional(v.boolean(), false) });
const Attempts = v.array(
  v.object({ at: v.number(), event: v.string(), endpoint: v.string(), status: v.nullable(v.number()) }),
);
/** An invoice of a renewal stays a draft for about an hour before it is charged (https://docs.stripe.com/billing/invoices/subscription). */
const DRAFT_SECONDS = 3_700;
/** What the console can make go wrong, until it is taken back. */
const wrong: Record<string, { kind: string; ms?: number }> = {
  down: { kind: 'down' },
  slow: { kind: 'slow', ms: 5_000 },
};

/** What goes on at the double, and what can be made to happen. */
export function consoleRoutes(stage: Backstage) {
  const { stripe, ask } = stage;
  async function home(c: Context, problem?: string) {
    const [{ now }, faults, { declines }] = await Promise.all([
      ask('clock', Clock),
      ask('faults', Faults),
      ask('settings', Settings),
    ]);
    // Where the API was taken down, so that the console can still bring it back.
    const known = await Promise.all([
      stripe.customers.list({ limit: 50 }),
      stripe.subscriptions.list({ limit: 100, status: 'all' }),
      stripe.events.list({ limit: 40 }),
    ]).catch(() => null);
    const [customers = [], subscriptions = [], events = []] = [
      known?.[0].data,
      known?.[1].data,
      known?.[2].data,
    ];
    const amiss = [...faults.map(({ kind }) => kind), ...(declines ? ['decline'] : [])];
    const sight = { now, faults: amiss, customers, subscriptions, events, problem };
    return c.html(consolePage(sight), problem ? 400 : 200);
  }
  /** Does it and goes back to the page it was asked from; where it cannot be done, that page says why. */
  async function does(c: Context, back: string, work: () => Promise<unknown>) {
    try {
      await work();
      return c.redirect(back, 303);
    } catch (error) {
      const [, customer] = /^\/customers\/(.+)$/.exec(back) ?? [];
      return customer ? c.html(customerPage(stage, customer, wordsOf(error)), 400) : home(c, wordsOf(error));
    }
  }

  /** When the next renewal has been charged, s; null: there is none. */
  async function renewal(): Promise<number | null> {
    const { data } = await stripe.subscriptions.list({ limit: 100 });
    const ends = data
      .filter((one) => one.cancel_at === null)
      .flatMap(({ items }) => items.data.map((item) => item.current_period_end));
    return ends.length > 0 ? Math.min(...ends) + DRAFT_SECONDS : null;
  }

  return new Hono()
    .get('/', (c) => home(c))
    .post('/clock', async (c) => {
      const by = (await said(c))('by');
      return does(c, '/', async () => {
        const { now } = await ask('clock', Clock);
        const to = by === 'renewal' ? await renewal() : now + (moves.find(([name]) => name === by)?.[2] ?? 0);
        if (to === null) throw new Error('Nobody subscribes to anything that renews.');
        await ask('clock', Clock, { to });
      });
    })
    .post('/faults', async (c) => {
      const asked = (await said(c))('fault');
      const fault = wrong[asked];
      return does(c, '/', async () => {
        await ask('settings', Settings, { declines: asked === 'decline' });
        await ask('faults', Faults, undefined, 'DELETE');
        if (fault) await ask('faults', Faults, fault);
      });
    })
    .get('/customers/:id', (c) => c.html(customerPage(stage, c.req.param('id'))))
    .post('/customers/:id/end', async (c) => {
      const subscription = (await said(c))('subscription');
      return does(c, `/customers/${c.req.param('id')}`, () => stripe.subscriptions.cancel(subscription));
    })
    .post('/customers/:id/refund', async (c) => {
      const charge = (await said(c))('charge');
      return does(c, `/customers/${c.req.param('id')}`, () => stripe.refunds.create({ charge }));
    })
    .post('/customers/:id/dispute', async (c) => {
      const charge = (await said(c))('charge');
      return does(c, `/customers/${c.req.param('id')}`, () => ask('disputes', v.unknown(), { charge }));
    })
    .get('/events/:id', async (c) => {
      const id = c.req.param('id');
      const [event, attempts] = await Promise.all([stripe.events.retrieve(id), ask('deliveries', Attempts)]);
      return c.html(
        eventPage(
          event,
          attempts.filter((one) => one.event === id),
        ),
      );
    })
    .post('/events/:id/resend', (c) => {
      const id = c.req.param('id');
      return does(c, `/events/${id}`, () => ask(`events/${id}/resend`, v.unknown(), {}));
    });
}
