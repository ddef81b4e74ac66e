import type { OwnSubscription } from '../../../schema/api/billing.ts';
import type { Here } from '../../visit.ts';
import { date, each } from './words.ts';

type Paid = NonNullable<OwnSubscription['paid']>;
/** What can be done about a plan. `mend`: its payment. */
export type Deal = 'switch' | 'cancel' | 'resume' | 'pause' | 'unpause' | 'mend';
/** `over`: nothing of it holds or can be had back. */
export type Standing = { text: string; deals: readonly Deal[]; tone: 'plain' | 'danger'; over: boolean };

const gone = new Set<Paid['state']>(['canceled', 'incomplete', 'incomplete_expired']);

/** Where a plan stands, in one sentence, and what can be done about it: leaving is never further away than staying. */
export function standing(here: Here, of: OwnSubscription): Standing {
  const b = here.words('billing');
  const { now } = here.visit;
  const over = { text: b('plan.over'), deals: [], tone: 'plain', over: true } as const;
  const { paid } = of;
  if (of.until !== null && of.until <= now && !isBackable(paid)) return over;
  if (!paid) return { text: given(here, of), deals: [], tone: 'plain', over: false };
  if (gone.has(paid.state)) return over;
  return { ...ofPaid(here, of, paid), over: false };
}

/** Paused or owed: it does not hold now, and can again. */
const isBackable = (paid: OwnSubscription['paid']): boolean =>
  paid !== null &&
  !gone.has(paid.state) &&
  (paid.pausedAt !== null || paid.pastDueSince !== null || paid.state === 'unpaid');

function given(here: Here, { source, until }: OwnSubscription): string {
  const b = here.words('billing');
  if (until === null) return b('plan.given');
  return b(source === 'gift' ? 'plan.gift' : 'plan.givenUntil', { date: date(here, until) });
}

function ofPaid(here: Here, { until }: OwnSubscription, paid: Paid): Omit<Standing, 'over'> {
  const b = here.words('billing');
  const on = (at: number) => ({ date: date(here, at) });
  if (paid.state === 'unpaid') return { text: b('plan.unpaid'), deals: ['mend', 'cancel'], tone: 'danger' };
  if (paid.pastDueSince !== null) {
    const { pastDueSince: at } = paid;
    const text =
      until === null
        ? b('plan.pastDue', on(at))
        : b('plan.pastDueUntil', { ...on(at), until: date(here, until) });
    return { text, deals: ['mend', paid.cancelAt === null ? 'cancel' : 'resume'], tone: 'danger' };
  }
  if (paid.pausedAt !== null || paid.state === 'paused') {
    const text = paid.resumesAt === null ? b('plan.paused') : b('plan.pausedUntil', on(paid.resumesAt));
    return { text, deals: ['unpause', paid.cancelAt === null ? 'cancel' : 'resume'], tone: 'plain' };
  }
  if (paid.cancelAt !== null) {
    const isFree = paid.state === 'trialing' && (paid.trialEnd ?? 0) >= paid.cancelAt;
    return {
      text: b(isFree ? 'plan.trialEnds' : 'plan.ends', on(paid.cancelAt)),
      deals: ['resume'],
      tone: 'plain',
    };
  }
  return { text: goesOn(here, paid), deals: ['switch', 'pause', 'cancel'], tone: 'plain' };
}

function goesOn(here: Here, { state, price, periodEnd, trialEnd }: Paid): string {
  const b = here.words('billing');
  const turns = state === 'trialing' ? (trialEnd ?? periodEnd) : periodEnd;
  const when = turns === null ? '' : date(here, turns);
  if (price === null) return b('plan.renewsSomehow', { date: when });
  return b(state === 'trialing' ? 'plan.trial' : 'plan.renews', { date: when, price: each(here, price) });
}
