import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as v from 'valibot';
import type { Checkout, CheckoutState, Portal } from '../../schema/api/billing.ts';
import { idSchema } from '../../schema/ids.ts';
import {
  billingActions,
  paths,
  renderPage,
  safeNext,
  signInThen,
  switchTo,
  type Deed,
  type PageData,
} from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { own, send } from './answer.ts';
import { at, Refused } from './ask.ts';
import { formOf, sentFrom } from './form.ts';
import { loadBilling, loadCancelPlan, loadSwitchPlan, loadWays } from './load-billing.ts';
import { visitOf } from './visit.ts';

const billing = paths.billing;

/** A page between this site and Stripe's. */
async function paying(c: Context<AppEnv>, data: PageData<'paying'>, status: ContentfulStatusCode = 200) {
  return send(c, await renderPage('paying', data, await visitOf(c)), 'reading', status);
}

/**
 * On to a page of Stripe's. Not by a redirect: `form-action` of the content security policy would have to name where Stripe's pages are,
 * which an operator may have moved to a host of their own (CSP Level 3, §4.2.2: browsers check the redirects of a form as well).
 */
function goTo(c: Context<AppEnv>, url: string) {
  c.header('refresh', `0; url=${url}`);
  return paying(c, { state: 'going', url });
}

/** What was refused, on a page in words; whoever is signed out signs in, and comes back to the page that the form stood on. */
async function refuse(c: Context<AppEnv>, error: unknown, from: string) {
  if (!(error instanceof Refused)) throw error;
  const { problem } = error;
  if (problem.status === 401) return c.redirect(signInThen(from), 303);
  return paying(c, { state: 'refused', problem, next: from }, problem.status as ContentfulStatusCode);
}

async function toCheckout(c: Context<AppEnv>) {
  const form = await formOf(c);
  const from = sentFrom(c, paths.plans);
  const [priceId, offerId] = [form.get('priceId'), form.get('offerId')];
  const json = {
    ...(priceId ? { priceId } : {}),
    ...(offerId ? { offerId } : {}),
    next: safeNext(form.get('next')),
  };
  try {
    const { url } = await at<Checkout>(c, '/api/billing/checkout', { method: 'POST', json });
    return await goTo(c, url);
  } catch (error) {
    return refuse(c, error, from);
  }
}

async function toPortal(c: Context<AppEnv>) {
  const form = await formOf(c);
  const next = safeNext(form.get('next'));
  try {
    const { url } = await at<v.InferOutput<typeof Portal>>(c, '/api/billing/portal', {
      method: 'POST',
      json: { next },
    });
    return await goTo(c, url);
  } catch (error) {
    return refuse(c, error, sentFrom(c, billing));
  }
}

/** Something about one's own plan: said on the page of one's billing, done or refused. */
async function act(
  c: Context<AppEnv>,
  deed: Deed,
  path: `/api/${string}`,
  json: { code?: string; months?: number } = {},
) {
  try {
    await at(c, path, { method: 'POST', json });
    return c.redirect(`${billing}?done=${deed}`, 303);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { problem } = error;
    if (problem.status === 401) return c.redirect(signInThen(billing), 303);
    const wrong = deed === 'redeemed' && ['not-found', 'invalid-request'].includes(problem.code);
    const told = wrong ? { wrongCode: json.code ?? '' } : { refused: problem };
    const [visit, data] = await Promise.all([visitOf(c), loadBilling(c, told)]);
    return send(
      c,
      await renderPage('billing', data, visit),
      'reading',
      problem.status as ContentfulStatusCode,
    );
  }
}

async function switchPlan(c: Context<AppEnv>) {
  const form = await formOf(c);
  const priceId = form.get('priceId') ?? '';
  const json = { priceId, prorationAt: Number(form.get('prorationAt')) };
  try {
    await at(c, '/api/billing/subscription', { method: 'PUT', json });
    return c.redirect(`${billing}?done=switched`, 303);
  } catch (error) {
    // What was reckoned too long ago is shown anew: nothing is charged that was not seen.
    if (error instanceof Refused && error.problem.code === 'conflict')
      return c.redirect(`${switchTo(priceId)}&stale`, 303);
    return refuse(c, error, billing);
  }
}

/** How long it waits before each look, ms: Stripe sends people back when it is paid, so that the first finds it nearly always. */
const LOOKS = [0, 500, 1_000, 2_000];
const afterMs = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function settled(c: Context<AppEnv>, id: string, patient: boolean) {
  let found: v.InferOutput<typeof CheckoutState> = { state: 'open', next: null };
  for (const wait of patient ? LOOKS : LOOKS.slice(0, 1)) {
    if (wait > 0) await afterMs(wait);
    found = await at(c, `/api/billing/checkouts/${id}/settle`, { method: 'POST', json: {} });
    if (found.state !== 'open') break;
  }
  return found;
}

/** Back from Stripe's page: on to where the viewer was as soon as it is paid, or what happened instead. */
async function comeBack(c: Context<AppEnv>) {
  const id = v.safeParse(idSchema('checkout'), c.req.query('checkout'));
  if (!id.success) throw new Problem('not-found');
  const here = `${paths.paying}?checkout=${id.output}`;
  const cancelled = c.req.query('left') !== undefined;
  try {
    const { state, next: given } = await settled(c, id.output, !cancelled);
    const next = safeNext(given ?? billing);
    if (state === 'paid') return c.redirect(given && given !== billing ? next : `${billing}?done=paid`, 303);
    if (state === 'over') return await paying(c, { state: 'over', next });
    return await paying(c, cancelled ? { state: 'cancelled', next } : { state: 'late', again: here, next });
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status < 500) return refuse(c, error, here);
    // Stripe took the payment and does not answer us now: its webhook, or the next look, brings it.
    return paying(c, { state: 'late', again: here, next: billing });
  }
}

/** The pages about money, and where their forms go. They work without any script. */
export const billingRoutes = new Hono<AppEnv>()
  .get(billing, allow('anyone'), (c) => own(c, 'billing', loadBilling))
  .get(paths['cancel-plan'], allow('anyone'), (c) => own(c, 'cancel-plan', loadCancelPlan))
  .get(paths['switch-plan'], allow('anyone'), (c) => own(c, 'switch-plan', loadSwitchPlan))
  .get(paths.paying, allow('anyone'), (c) => comeBack(c))
  .get(paths.ways, allow('anyone'), async (c) => {
    const episode = c.req.param('episode');
    const found = await loadWays(c, episode).catch((error: unknown) => ({ error }));
    if (found === null) return c.redirect(`/watch/${episode}`, 303);
    return own(c, 'ways', () =>
      'error' in found ? Promise.reject(found.error as Error) : Promise.resolve(found),
    );
  })
  .post(billingActions.checkout, allow('anyone'), (c) => toCheckout(c))
  .post(billingActions.portal, allow('anyone'), (c) => toPortal(c))
  .post(billingActions.switch, allow('anyone'), (c) => switchPlan(c))
  .post(billingActions.cancel, allow('anyone'), (c) =>
    act(c, 'cancelled', '/api/billing/subscription/cancel'),
  )
  .post(billingActions.resume, allow('anyone'), (c) => act(c, 'resumed', '/api/billing/subscription/resume'))
  .post(billingActions.unpause, allow('anyone'), (c) =>
    act(c, 'unpaused', '/api/billing/subscription/unpause'),
  )
  .post(billingActions.pause, allow('anyone'), async (c) => {
    const months = Number((await formOf(c)).get('months'));
    return act(c, 'paused', '/api/billing/subscription/pause', { months });
  })
  .post(billingActions.redeem, allow('anyone'), async (c) => {
    const code = ((await formOf(c)).get('code') ?? '').trim();
    return act(c, 'redeemed', '/api/billing/gifts/redeem', { code });
  });
