import type { OffersOfTitle, OwnBilling } from '../../../schema/api/billing.ts';
import type { EpisodePage, Title } from '../../../schema/api/catalog.ts';
import { intervals } from '../../../schema/plans.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { to } from '../../paths.ts';
import { useHere } from '../../visit.ts';
import { OfferRow } from '../billing/offer-row.tsx';
import { holdsEpisode, partsOf } from '../billing/offers.ts';
import { useBillingWords } from '../billing/words.ts';
import { episodeName } from '../cards/words.ts';
import { PlanWay } from '../plans/plan-way.tsx';
import { priceFor, type SoldPlan } from '../plans/sold.ts';
import { explain } from '../problem/explain.ts';

export type WaysData = {
  page: EpisodePage;
  seasons: Title['seasons'];
  /** Why it does not play, with what would open it. */
  problem: ProblemDocument;
  /** Those that would open it. */
  plans: SoldPlan[];
  offers: OffersOfTitle | null;
  mine: OwnBilling | null;
};

/** What opens an episode that is refused: plans and offers, each with its price, whose button pays and comes back to the episode. */
export default function Ways({ data: { page, seasons, problem, plans, offers, mine } }: { data: WaysData }) {
  const here = useHere();
  const b = useBillingWords();
  const { episode, title } = page;
  const watch = to('watch', { episode: episode.id });
  const { title: heading, text, when } = explain(here, problem);
  const parts = offers ? partsOf(offers, seasons).filter((part) => holdsEpisode(part, episode)) : [];
  const sold = plans.filter(({ prices }) => prices.length > 0);
  return (
    <div class="money">
      <header>
        <p class="money__of">
          <a href={to('title', { slug: title.slug })}>{title.names.main}</a>
          {' · '}
          {here.t('episode.short', { season: episode.season, number: episode.number })}{' '}
          {episodeName(here, episode)}
        </p>
        <h1>{heading}</h1>
        <p class="money__lead">{[text, ...when].join(' ')}</p>
      </header>
      {sold.length > 0 && (
        <section class="money__matter" aria-labelledby="by-plan">
          <h2 id="by-plan">{b('ways.plans')}</h2>
          <ul class="ways">
            {sold.map((plan) => (
              <li key={plan.id} class="ways__plan">
                <h3>{plan.name}</h3>
                {intervals.map((interval) => {
                  const price = priceFor(plan, interval);
                  return (
                    price && (
                      <PlanWay
                        key={interval}
                        plan={plan}
                        price={price}
                        mine={mine}
                        next={watch}
                        look={interval === 'month' ? 'primary' : 'outline'}
                      />
                    )
                  );
                })}
              </li>
            ))}
          </ul>
          <p class="money__soft">
            {b('tax')} <a href={to('plans')}>{b('ways.all')}</a>
          </p>
        </section>
      )}
      {parts.length > 0 && (
        <section class="money__matter" aria-labelledby="offers">
          <h2 id="offers">{b('offers.title')}</h2>
          <ul class="offers__all">
            {parts.map((part) => (
              <OfferRow key={part.episodeId ?? part.season} part={part} next={watch} />
            ))}
          </ul>
        </section>
      )}
      {sold.length === 0 && parts.length === 0 && <p>{b('ways.none')}</p>}
      <p>
        <a href={watch}>{b('ways.back')}</a>
      </p>
    </div>
  );
}
