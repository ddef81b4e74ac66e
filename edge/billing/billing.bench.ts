import { expect, it } from 'vitest';
import { episodeWith, nothingPlays, worldWide } from '../playback/playback.fixture.ts';
import { counted } from '../testing/counted.ts';
import { eventsOf, outside, payer, pricedPlan, settleAll, subscribe } from './core.fixture.ts';
import { storm } from './storm.fixture.ts';
import { deliver } from './webhook.fixture.ts';

// In workerd, with Stripe's double and the real queue; ops/bench/billing.ts reads the lines.
const figure = (name: string, value: number, unit: string, atMost: number) =>
  console.log(`FIGURE ${JSON.stringify({ name, value, unit, atMost })}`);
const { stripe } = outside;
const TIMES = 200;

it('from a webhook’s arrival to what may be watched', async () => {
  const plan = await pricedPlan('bench');
  const { episodeId } = await episodeWith('paidbench', [{ ...worldWide, models: ['subscription'] }]);
  const mio = await payer();
  const { id } = await subscribe(mio, plan.stripePriceId);
  await settleAll(mio);
  const granted = async () => {
    const answer = await mio.ask('GET', `/api/episodes/${episodeId}/grant`, {
      cf: { country: 'JP' } as RequestInitCfProperties,
    });
    return answer.ok;
  };
  const taken: number[] = [];
  let seen = (await eventsOf(mio.customer)).length;
  for (let i = 0; i < TIMES; i++) {
    // In both directions: taken away and given back, in turn.
    const holds = i % 2 === 1;
    expect(await granted()).toBe(!holds);
    await stripe.ask((sdk) =>
      sdk.subscriptions.update(id, { pause_collection: holds ? '' : { behavior: 'void' } }),
    );
    const events = await eventsOf(mio.customer);
    const news = events.slice(seen).filter(({ type }) => type.startsWith('customer.subscription.'));
    seen = events.length;
    const startedAt = performance.now();
    for (const one of news) expect((await deliver(one)).status).toBe(200);
    while ((await granted()) !== holds) {
      if (performance.now() - startedAt > 20_000) throw new Error('the queue brought nothing within 20 s');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    taken.push(performance.now() - startedAt);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round(taken[Math.ceil(taken.length * share) - 1]!);
  figure(`webhook to entitlement, median of ${TIMES}`, at(0.5), 'ms', 2_000);
  figure(`webhook to entitlement, 99th percentile of ${TIMES}`, at(0.99), 'ms', 2_000);

  const fetch = counted(mio.token);
  await fetch('POST', `/api/episodes/${episodeId}/hls`, {});
  await nothingPlays(mio.userId);
  const { count } = await fetch('POST', `/api/episodes/${episodeId}/hls`, {});
  figure('start of a play that a subscription pays for, D1 round trips', count.d1, 'round trips', 1);
}, 600_000);

it('a storm of 3,000 deliveries', async () => {
  const { events, deliveries, refused, lost, wrong, twice, takenMs } = await storm(3_000, 'stormbench');
  console.log(`${events} events, ${deliveries} deliveries in ${Math.round(takenMs / 1000)} s`);
  expect(deliveries).toBeGreaterThanOrEqual(3_000);
  figure(`storm of ${deliveries} deliveries, refused`, refused, 'deliveries', 0);
  figure(`storm of ${deliveries} deliveries, wrong states`, wrong.length, 'people', 0);
  figure(`storm of ${deliveries} deliveries, lost`, lost, 'events', 0);
  figure(`storm of ${deliveries} deliveries, granted twice`, twice, 'grants', 0);
  for (const one of wrong.slice(0, 3)) console.log(JSON.stringify(one));
}, 1_800_000);
