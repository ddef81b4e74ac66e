import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { pricedPlan, steer } from './core.fixture.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { person, type Person } from '../testing/people.ts';

// As a browser without script: forms and links, against Stripe's double.

let lite: Awaited<ReturnType<typeof pricedPlan>>;
let grand: Awaited<ReturnType<typeof pricedPlan>>;
beforeAll(async () => {
  for (const limit of [env.LIMIT_AUTH]) vi.spyOn(limit, 'limit').mockResolvedValue({ success: true });
  lite = await pricedPlan('lite', { amount: 500 });
  grand = await pricedPlan('grand', { rank: 2, amount: 1_500 });
});

const send = (who: Pick<Person, 'ask'>, path: string, fields: Record<string, string>) =>
  who.ask('POST', path, {
    body: new URLSearchParams(fields),
    headers: { referer: 'https://engawa.test/plans' },
  });
const text = async (answer: Response) =>
  (await answer.text())
    .replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const show = async (who: Pick<Person, 'ask'>, path: string) => text(await who.ask('GET', path));
/** Where a page sends the browser by itself. */
const goesTo = (answer: Response) => answer.headers.get('refresh')?.replace(/^0; url=/, '') ?? null;

async function toPay(who: Person, fields: Record<string, string>) {
  const answer = await send(who, '/account/billing/checkout', fields);
  expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
  const url = goesTo(answer)!;
  // The link is there for browsers that do not follow the header.
  expect((await answer.text()).replaceAll('&amp;', '&')).toContain(`href="${url}"`);
  const session = /cs_\w+/.exec(url)![0];
  const { success_url: back } = await steer<{ success_url: string }>('GET', `checkout/${session}`);
  return { url, session, back: back.replace(env.PUBLIC_ORIGIN, '') };
}
async function subscribed(name: string, priceId: string): Promise<Person> {
  const who = await person(name);
  const { session, back } = await toPay(who, { priceId, next: '/browse' });
  await steer('POST', `checkout/${session}/pay`, {});
  expect((await who.ask('GET', back)).status).toBe(303);
  return who;
}

describe('paying', () => {
  it('goes to one page of Stripe’s however often it is clicked, and comes back to where one was', async () => {
    const who = await person('pays-by-form');
    const fields = { priceId: lite.priceId, next: '/watch/ep_somewhere' };
    const first = await toPay(who, fields);
    expect((await toPay(who, fields)).url).toBe(first.url);
    await steer('POST', `checkout/${first.session}/pay`, {});
    const home = await who.ask('GET', first.back);
    expect([home.status, home.headers.get('location')]).toEqual([303, '/watch/ep_somewhere']);
    const billing = await show(who, '/account/billing?done=paid');
    expect(billing).toContain('Thank you. It is yours now.');
    expect(billing).toContain('Paid until');
    expect(billing).toContain('¥500 a month');
    // Loaded again, it is the same.
    expect((await who.ask('GET', first.back)).headers.get('location')).toBe('/watch/ep_somewhere');
  });

  it('says that nothing was charged to whoever turned back, and waits for who did not', async () => {
    const who = await person('turns-back');
    const { session, back } = await toPay(who, { priceId: lite.priceId, next: '/browse' });
    const { cancel_url: left } = await steer<{ cancel_url: string }>('GET', `checkout/${session}`);
    expect(await show(who, left.replace(env.PUBLIC_ORIGIN, ''))).toContain('You did not pay');
    const waiting = await show(who, back);
    expect(waiting).toContain('The payment is on its way');
    expect(waiting).toContain('Look again');
  });

  it('says what is wrong, and whether anything was charged', async () => {
    const who = await subscribed('has-one', lite.priceId);
    const again = await send(who, '/account/billing/checkout', { priceId: grand.priceId, next: '/' });
    expect(again.status).toBe(409);
    expect(await text(again)).toContain('You have a plan already');
    const other = await person('wants-nothing');
    const none = await send(other, '/account/billing/checkout', { priceId: 'prc_0nothing', next: '/' });
    expect(none.status).toBeGreaterThanOrEqual(400);
    expect(await none.text()).toContain('href="/plans"');
  });

  it('leaves nobody in doubt where Stripe is away', async () => {
    const who = await person('meets-silence');
    const { url } = await toPay(who, { priceId: lite.priceId, next: '/' });
    const { customer } = await steer<{ customer: string }>('GET', `checkout/${/cs_\w+/.exec(url)![0]}`);
    await steer('POST', 'faults', { kind: 'down', times: 20, match: customer });
    try {
      const answer = await send(who, '/account/billing/checkout', { priceId: grand.priceId, next: '/' });
      expect(answer.status).toBe(503);
      expect(await text(answer)).toContain('Nothing was charged. Try again in a minute.');
    } finally {
      await steer('DELETE', `faults?match=${customer}`);
    }
  });

  it('has strangers sign in, and come back to where they were', async () => {
    const stranger = { ask: call };
    const answer = await send(stranger, '/account/billing/checkout', { priceId: lite.priceId, next: '/' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fplans']);
    expect((await call('GET', '/account/billing')).headers.get('location')).toBe(
      '/sign-in?next=%2Faccount%2Fbilling',
    );
  });

  it('comes back to no checkout of anybody else’s', async () => {
    const who = await person('pays-alone');
    const { back } = await toPay(who, { priceId: lite.priceId, next: '/' });
    const other = await person('is-nosy');
    expect((await other.ask('GET', back)).status).toBe(404);
    expect((await who.ask('GET', '/account/billing/return?checkout=nonsense')).status).toBe(404);
  });
});

describe('one’s own plan', () => {
  it('is cancelled and kept by a form each, and says what was done', async () => {
    const who = await subscribed('leaves-and-stays', lite.priceId);
    expect(await show(who, '/account/billing/cancel')).toContain('Cancel lite?');
    const left = await send(who, '/account/billing/cancel', {});
    expect([left.status, left.headers.get('location')]).toEqual([303, '/account/billing?done=cancelled']);
    expect(await show(who, '/account/billing?done=cancelled')).toContain('It ends then, and nothing more');
    await send(who, '/account/billing/resume', {});
    expect(await show(who, '/account/billing')).toContain('It goes on then for ¥500 a month');
  });

  it('is paused and taken up again', async () => {
    const who = await subscribed('goes-away', lite.priceId);
    const paused = await send(who, '/account/billing/pause', { months: '2' });
    expect(paused.headers.get('location')).toBe('/account/billing?done=paused');
    expect(await show(who, '/account/billing')).toContain('Paused until');
    await send(who, '/account/billing/unpause', {});
    expect(await show(who, '/account/billing')).toContain('Paid until');
  });

  it('is switched for what was shown', async () => {
    const who = await subscribed('switches', lite.priceId);
    const page = await (await who.ask('GET', `/account/billing/switch?price=${grand.priceId}`)).text();
    const due = /Switch and pay ¥([\d,]+)/.exec(page)![1];
    const [, prorationAt] = /name="prorationAt" value="(\d+)"/.exec(page)!;
    const done = await send(who, '/account/billing/switch', {
      priceId: grand.priceId,
      prorationAt: prorationAt!,
    });
    expect(done.headers.get('location')).toBe('/account/billing?done=switched');
    const billing = await show(who, '/account/billing');
    expect(billing).toContain('¥1,500 a month');
    expect(billing).toContain(`¥${due}`); // the invoice
  });

  it('goes to Stripe’s portal, and has its invoices beside it', async () => {
    const who = await subscribed('looks-at-bills', lite.priceId);
    expect(await show(who, '/account/billing')).toMatch(/¥500 Paid/);
    expect(goesTo(await send(who, '/account/billing/portal', { next: '/account/billing' }))).toMatch(/^http/);
  });
});

it('keeps a wrong gift code as it was typed', async () => {
  const who = await person('mistypes');
  const answer = await send(who, '/account/billing/redeem', { code: 'AAAA-BBBB-CCCC' });
  expect(answer.status).toBe(404);
  const html = await answer.text();
  expect(html).toContain('value="AAAA-BBBB-CCCC"');
  expect(html).toContain('role="alert"');
});

describe('ways to watch', () => {
  it('names the plans that open an episode, and goes back to it where it plays already', async () => {
    const { episodeId } = await episodeWith('waysplan', [{ ...worldWide, models: ['subscription'] }]);
    const who = await person('wants-to-watch');
    const page = await (await who.ask('GET', `/watch/${episodeId}/ways`)).text();
    expect(page).toContain('A subscription opens this');
    expect(page).toContain(`name="next" value="/watch/${episodeId}"`);
    expect(page).toContain(`value="${lite.priceId}"`);
    const subscriber = await subscribed('watches', lite.priceId);
    const on = await subscriber.ask('GET', `/watch/${episodeId}/ways`);
    expect([on.status, on.headers.get('location')]).toEqual([303, `/watch/${episodeId}`]);
    expect((await call('GET', `/watch/${episodeId}/ways`)).headers.get('location')).toContain(
      '/sign-in?next=',
    );
    expect((await who.ask('GET', '/watch/ep_0nothing/ways')).status).toBe(404);
  });

  it('names nothing to buy where nothing opens it', async () => {
    const { episodeId } = await episodeWith('waysrent', [{ ...worldWide, models: ['rental'] }]);
    const who = await person('finds-no-way');
    expect(await show(who, `/watch/${episodeId}/ways`)).toContain('There is no way to pay for it');
  });
});
