import type { Plans, Subscribed } from '../../../schema/api/rights.ts';
import { signInThen, to } from '../../paths.ts';
import { timeLeft } from '../../time-left.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere, type Here } from '../../visit.ts';

/** `mine`: null for somebody who is not signed in. */
export type PlansData = { plans: Plans; mine: Subscribed | null };

/** A plan, or what everybody with an account has: `id` null, as in `basePlan`. */
type Offered = Plans['base'] & { id: string | null; name: string; earlyAccessMs: number | null };

/** What is said of each, in the same order: so that they can be compared across. */
function facts({ visit, words }: Here, of: Offered): [name: string, value: string][] {
  const p = words('plans');
  const time = of.earlyAccessMs === null ? null : timeLeft(visit.language, of.earlyAccessMs);
  return [
    [p('watch'), p(of.id === null ? 'watchFree' : 'watchAll')],
    [p('ads'), p(of.ads ? 'included' : 'notIncluded')],
    [p('streams'), of.streams.toLocaleString(visit.language)],
    [p('picture'), of.maxHeight === null ? p('anyHeight') : p('upTo', { height: String(of.maxHeight) })],
    [p('downloads'), p(of.downloads ? 'allowed' : 'notIncluded')],
    [p('early'), time === null ? p('notIncluded') : p('earlyBy', { time })],
  ];
}

/** What each plan brings, side by side. */
export default function PlansPage({ data: { plans, mine } }: { data: PlansData }) {
  const here = useHere();
  const { visit } = here;
  const p = here.words('plans');
  const base = { ...plans.base, id: null, name: p('base'), earlyAccessMs: null };
  const own = mine && (mine.subscription?.planId ?? null);
  return (
    <div class="plans">
      <header>
        <h1>{p('title')}</h1>
        <p class="plans__lead">{p('lead')}</p>
      </header>
      <ul class="plans__all">
        {[base, ...plans.items].map((one) => (
          <li key={one.id} class="plan" {...(mine && one.id === own ? { 'aria-current': 'true' } : {})}>
            <h2>{one.name}</h2>
            <p class="plan__mark">
              {mine && one.id === own && <strong class="tag">{p('yours')}</strong>}
              {!mine && one.id === null && <a href={signInThen(visit.path, 'sign-up')}>{p('join')}</a>}
            </p>
            <dl>
              {facts(here, one).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {plans.items.length === 0 && <p class="plans__none">{p('none')}</p>}
      {!mine && (
        <p>
          <ButtonLink look="outline" href={signInThen(to('plans'))}>
            {p('whose')}
          </ButtonLink>
        </p>
      )}
    </div>
  );
}
