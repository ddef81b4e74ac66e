import { sql } from 'drizzle-orm';
import { planPrices, subscriptions } from '../../schema/db/billing.ts';
import { planDays } from '../../schema/db/books.ts';
import type { Db } from '../platform/db.ts';
import { DAY } from './months.ts';

/**
 * How subscriptions stand now, by plan and currency, kept as the day's: rows of subscriptions change, so what was is known only from
 * here. Trials bring nothing yet; what is past due still does until it is ended; paused ones bring nothing. Of a day that is just over
 * only what came of them on it is reckoned again: the last hour's is known by then.
 */
export function planDay(db: Db, day: number, now: number) {
  const [from, until] = [sql.raw(String(day)), sql.raw(String(day + DAY))];
  const at = sql.raw(String(now));
  const moved = sql`sum(pays and first_at >= ${from} and first_at < ${until}) as began, sum(over) as ended,
      sum(trial_over) as trials_over, sum(trial_over and pays) as trials_paid`;
  const standing = sql`sum(pays), sum(iif(pays, iif(interval = 'year', amount / 12, amount), 0)), sum(trialing), sum(given)`;
  const each = sql`
    from (
      select s.plan_id, coalesce(p.currency, '') as currency, coalesce(p.amount, 0) as amount, p.interval,
        s.source = 'stripe' and s.state in ('active', 'past_due') and s.paused_at is null
          and coalesce(s.trial_end, 0) <= ${at} as pays,
        s.source = 'stripe' and s.state = 'trialing' as trialing,
        s.source <> 'stripe' and s.since <= ${at} and (s.until is null or s.until > ${at}) as given,
        coalesce(s.trial_end, s.since) as first_at,
        s.source = 'stripe' and s.state in ('canceled', 'unpaid') and s.until >= ${from} and s.until < ${until}
          and coalesce(s.trial_end, 0) < s.until as over,
        s.source = 'stripe' and s.trial_end >= ${from} and s.trial_end < ${until} and s.trial_end <= ${at} as trial_over
      from ${subscriptions} s left join ${planPrices} p on p.id = s.price_id)
    group by 2, 3`;
  if (day + DAY <= now)
    return [
      db.insert(planDays).select(sql`
        select ${from}, plan_id, currency, 0, 0, 0, 0, ${moved} ${each} having began + ended + trials_over > 0
        on conflict (day, plan_id, currency) do update set
          began = excluded.began, ended = excluded.ended, trials_over = excluded.trials_over, trials_paid = excluded.trials_paid`),
    ];
  return [
    db.delete(planDays).where(sql`day = ${from}`),
    db.insert(planDays).select(sql`select ${from}, plan_id, currency, ${standing}, ${moved} ${each}`),
  ];
}
