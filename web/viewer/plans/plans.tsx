import type { OwnBilling, PlanPrice } from '../../../schema/api/billing.ts';
import type { Plans } from '../../../schema/api/plans.ts';
import { intervals } from '../../../schema/plans.ts';
import { signInThen, to } from '../../paths.ts';
import { timeLeft } from '../../time-left.ts';
import { useHere, type Here } from '../../visit.ts';
import { cost, each } from '../billing/words.ts';
import { Notes } from './notes.tsx';
import { PlanWay } from './plan-way.tsx';
import { priceFor, savedByYear, type SoldPlan } from './sold.ts';

/** `mine`: null for somebody who is not signed in. */
export type PlansData = { plans: { items: SoldPlan[]; base: Plans['base'] }; mine: OwnBilling | null };

/** A plan, or what everybody with an account has: `id` null, as in `basePlan`. */
type Compared = Plans['base'] & { id: string | null; name: string; earlyAccessMs: number | null };

/** What is said of each, in the same order: so that they can be compared across. */
function facts({ visit, words }: Here, of: Compared): [name: string, value: string][] {
  const p = words('plans');
  const time = of.earlyAccessMs === null ? null : timeLeft(visit.language, of.earlyAccessMs);
  const advertising = of.skipAds ? 'skippable' : 'included';
  return [
    [p('watch'), p(of.id === null ? 'watchFree' : 'watchAll')],
    [p('ads'), p(of.ads ? advertising : 'adsNone')],
    [p('streams'), of.streams.toLocaleString(visit.language)],
    [p('picture'), of.maxHeight === null ? p('anyHeight') : p('upTo', { height: String(of.maxHeight) })],
    [p('downloads'), p(of.downloads ? 'allowed' : 'notIncluded')],
    [p('early'), time === null ? p('notIncluded') : p('earlyBy', { time })],
  ];
}

/** What each plan brings and costs, side by side. By the month or by the year is two radios and a rule of CSS: it needs no script. */
export default function PlansPage({ data: { plans, mine } }: { data: PlansData }) {
  const here = useHere();
  const { visit } = here;
  const p = here.words('plans');
  const base = { ...plans.base, id: null, name: p('base'), earlyAccessMs: null };
  const own = visit.me ? (mine?.subscriptions.find(({ counts }) => counts)?.planId ?? null) : undefined;
  const both = plans.items.some((plan) => intervals.every((interval) => priceFor(plan, interval)));
  const saved = Math.max(0, ...plans.items.map((plan) => savedByYear(plan) ?? 0));
  const percent = new Intl.NumberFormat(visit.language, { style: 'percent' }).format(saved);
  return (
    <div class="plans">
      <header>
        <h1>{p('title')}</h1>
        <p class="plans__lead">{p('lead')}</p>
      </header>
      {both && (
        <fieldset class="plans__per">
          <legend class="only-heard">{p('how')}</legend>
          <label>
            <input type="radio" name="per" value="month" id="per-month" defaultChecked autocomplete="off" />
            <span>{p('monthly')}</span>
          </label>
          <label>
            <input type="radio" name="per" value="year" id="per-year" autocomplete="off" />
            <span>
              {p('yearly')}
              {saved > 0 && <strong class="tag">{p('saves', { percent })}</strong>}
            </span>
          </label>
        </fieldset>
      )}
      <ul class="plans__all">
        <Card of={base} yours={own === null}>
          <div class="plan__price">
            <p class="plan__amount">{p('free')}</p>
            <p class="money__soft">{p('freeText')}</p>
            {!visit.me && <a href={signInThen(visit.path, 'sign-up')}>{p('join')}</a>}
          </div>
        </Card>
        {plans.items.map((plan) => (
          <Card key={plan.id} of={plan} yours={own === plan.id}>
            <Prices plan={plan} mine={mine} />
          </Card>
        ))}
      </ul>
      {plans.items.length === 0 && <p class="plans__none">{p('none')}</p>}
      <Notes />
    </div>
  );
}

function Card({ of, yours, children }: { of: Compared; yours: boolean; children: preact.ComponentChildren }) {
  const here = useHere();
  return (
    <li class="plan" {...(yours ? { 'aria-current': 'true' } : {})} id={of.id ?? undefined}>
      <h2>
        {of.name}
        {yours && <strong class="tag">{here.words('plans')('yours')}</strong>}
      </h2>
      {children}
      <dl>
        {facts(here, of).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

/** What a plan costs by the month and by the year; of the two one is shown, where there are two. */
function Prices({ plan, mine }: { plan: SoldPlan; mine: OwnBilling | null }) {
  const p = useHere().words('plans');
  const prices = intervals.flatMap((interval) => priceFor(plan, interval) ?? []);
  if (prices.length === 0)
    return (
      <div class="plan__price">
        <p class="money__soft">{p('notSold')}</p>
      </div>
    );
  return (
    <div class="plan__price">
      {prices.map((price) => (
        <div key={price.id} class="plan__one" {...(prices.length > 1 ? { 'data-per': price.interval } : {})}>
          <Amount price={price} />
          <PlanWay plan={plan} price={price} mine={mine} next={to('billing')} />
        </div>
      ))}
    </div>
  );
}

function Amount({ price }: { price: PlanPrice }) {
  const here = useHere();
  const p = here.words('plans');
  // Rounded up: a month of the year's price never looks cheaper than it is.
  const month = { ...price, amount: Math.ceil(price.amount / 12) };
  return (
    <>
      <p class="plan__amount">{each(here, price)}</p>
      <p class="money__soft">
        {here.words('billing')('tax')}
        {price.interval === 'year' && ` ${p('perMonth', { amount: cost(here, month) })}`}
      </p>
    </>
  );
}
