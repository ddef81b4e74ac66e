import type { Context } from 'hono';
import type { Invoices, OffersOfTitle, OwnBilling, Preview } from '../../schema/api/billing.ts';
import type { Plans } from '../../schema/api/plans.ts';
import type { Offer, ProblemDocument } from '../../schema/problem.ts';
import type * as v from 'valibot';
import { isDeed, type PageData } from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import { apiFor, at, orNothing, Refused, value } from './ask.ts';

// What the pages about money show, from the API.

const ownBilling = (c: Context<AppEnv>) => at<OwnBilling>(c, '/api/me/billing');
const mineIfAny = async (c: Context<AppEnv>): Promise<OwnBilling | null> =>
  c.req.header('cookie') ? orNothing(ownBilling(c), null) : null;
/** In the one currency that Stripe bills somebody in; of who has none yet, that of where they are. */
const plansFor = (c: Context<AppEnv>, mine: OwnBilling | null): Promise<Plans> =>
  at<Plans>(c, mine?.currency ? `/api/plans?currency=${mine.currency}` : '/api/plans');

export async function loadPlans(c: Context<AppEnv>): Promise<PageData<'plans'>> {
  const mine = await mineIfAny(c);
  return { plans: await plansFor(c, mine), mine };
}

export type Told = Partial<Pick<PageData<'billing'>, 'refused' | 'wrongCode'>>;

/** @param told what was just refused here */
export async function loadBilling(c: Context<AppEnv>, told: Told = {}): Promise<PageData<'billing'>> {
  const { done, invoices: cursor } = c.req.query();
  const billing = await ownBilling(c);
  const further = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
  const invoices = billing.customer
    ? await orNothing(at<v.InferOutput<typeof Invoices>>(c, `/api/me/invoices${further}`), null)
    : { items: [], next: null };
  return {
    billing,
    invoices,
    done: c.req.method === 'GET' && isDeed(done) ? done : null,
    refused: told.refused ?? null,
    wrongCode: told.wrongCode ?? null,
  };
}

const paidFor = ({ subscriptions }: OwnBilling) =>
  subscriptions.find(({ paid }) => paid !== null && !['canceled', 'incomplete_expired'].includes(paid.state));

/** @throws Problem `not-found` where there is nothing to cancel */
export async function loadCancelPlan(c: Context<AppEnv>): Promise<PageData<'cancel-plan'>> {
  const subscription = paidFor(await ownBilling(c));
  if (!subscription) throw new Problem('not-found');
  return { subscription };
}

/** @throws Problem `not-found` where there is nothing to switch; Refused, such as with `not-for-sale` */
export async function loadSwitchPlan(c: Context<AppEnv>): Promise<PageData<'switch-plan'>> {
  const mine = await ownBilling(c);
  const now = paidFor(mine);
  if (!now) throw new Problem('not-found');
  const price = encodeURIComponent(c.req.query('price') ?? '');
  const [preview, plans] = await Promise.all([
    at<Preview>(c, `/api/billing/subscription/preview?price=${price}`),
    plansFor(c, mine),
  ]);
  const plan = plans.items.find(({ prices }) => prices.some(({ id }) => id === preview.price.id));
  return {
    now,
    preview,
    planName: plan?.name ?? now.planName,
    stale: c.req.query('stale') !== undefined,
  };
}

/** What money opens. Other refusals have a page that explains them. */
const byMoney = ({ code, offer }: ProblemDocument): boolean =>
  code === 'plan-required' || code === 'purchase-required' || (code === 'not-yet' && offer !== undefined);

/**
 * What would open an episode that is refused.
 * @returns null: it plays
 * @throws Refused where money would not open it
 */
export async function loadWays(c: Context<AppEnv>, id: string): Promise<PageData<'ways'> | null> {
  const { api } = apiFor(c);
  const [page, problem] = await Promise.all([
    value(api.episodes[':id'].$get({ param: { id } })),
    value(api.episodes[':id'].grant.$get({ param: { id } })).then(
      () => null,
      (error: unknown) => {
        if (error instanceof Refused && byMoney(error.problem)) return error.problem;
        throw error;
      },
    ),
  ]);
  if (!problem) return null;
  const slug = encodeURIComponent(page.title.slug);
  const mine = await mineIfAny(c);
  const [{ seasons }, plans, offers] = await Promise.all([
    value(api.titles[':slug'].$get({ param: { slug: page.title.slug } })),
    plansFor(c, mine),
    orNothing(at<OffersOfTitle>(c, `/api/titles/${slug}/offers`), null),
  ]);
  return { page, seasons, problem, plans: opening(plans.items, problem.offer), offers, mine };
}

/** Of all plans those that an offer names, or whose way of paying it does. */
const opening = (plans: Plans['items'], offer: Offer | undefined): Plans['items'] =>
  offer
    ? plans.filter(
        ({ id, ads }) =>
          (offer.plans === null || offer.plans.includes(id)) &&
          (offer.models.includes('subscription') || (ads && offer.models.includes('ads'))),
      )
    : [];
