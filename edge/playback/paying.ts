import { givenBy, type Source } from '../../schema/plans.ts';
import { isHeld, usedOf } from '../rights/rows.ts';
import type { Grant } from '../rights/terms.ts';
import type { Paying } from './leases.ts';
import type { Playable } from './queries.ts';

type Holding = Pick<Playable, 'episode' | 'subscriptions' | 'purchases'>;

/**
 * How a granted play is paid for, for the books: pure. Of several subscriptions to one plan, one that is paid for counts; one on trial
 * goes before one that was given.
 * @param planId that counted in the grant
 */
export function payingOf(
  { model }: Pick<Grant, 'model'>,
  { episode, subscriptions, purchases }: Holding,
  planId: string | null,
  at: number,
): Paying {
  const none: Paying = { model, purchaseId: null, given: null };
  switch (model) {
    case 'free':
    case 'ads':
      return none;
    case 'subscription': {
      const ways = new Set(
        subscriptions
          .filter((one) => one.plan.id === planId && isHeld(one, at))
          .map(({ source, trialEnd }) =>
            source === 'stripe' ? (at < (trialEnd ?? -Infinity) ? 'trial' : 'paid') : source,
          ),
      );
      const given = ways.has('paid') ? undefined : givenBy.find((way) => ways.has(way));
      return { ...none, given: given ?? null };
    }
    case 'rental':
    case 'purchase': {
      const used = usedOf(model, purchases, episode, at)?.of;
      return used ? { model, purchaseId: used.id, given: givenWith(used.source) } : none;
    }
    default:
      return model satisfies never;
  }
}

const givenWith = (source: Source) => (source === 'stripe' ? null : source);
