import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { nextDue } from './billing-cycle.ts';
import { invalid } from './errors.ts';
import { emit } from './events.ts';
import { accepts, page, text, whole } from './form.ts';
import { listOf } from './list.ts';
import { route, type Route } from './route.ts';
import { get, newId, type Account } from './state.ts';
import type { TestClock } from './stored.ts';

const DAY = 86_400;

/** Does what is due for a clock's customers until a moment, each thing at its own time. */
function run(account: Account, clock: string | null, until: number): void {
  try {
    for (let due = nextDue(account, clock); due && due.at <= until; due = nextDue(account, clock)) {
      account.at = { clock, now: Math.max(due.at, account.at?.now ?? due.at) };
      due.run();
    }
  } finally {
    account.at = null;
  }
}

/** Does what has come due by the account's own clock. */
export const catchUp = (account: Account): void => run(account, null, account.real() + account.ahead);

/** Moves the account's own clock ahead, and does what is due on the way. @param by s */
export function moveOn(account: Account, by: number): void {
  if (by < 0) throw invalid('A clock goes forward only.', 'seconds');
  account.ahead += by;
  catchUp(account);
}

function advance(account: Account, clock: TestClock, to: number): TestClock {
  if (to <= clock.frozen_time)
    throw invalid(
      'The `frozen_time` must be in the future of the clock.',
      'frozen_time',
      'parameter_invalid_integer',
    );
  // Two periods at a time are Stripe's limit, too (https://docs.stripe.com/billing/testing/test-clocks/api-advanced-usage).
  const longest = [...account.tables.subscription.values()]
    .filter((one) => one.test_clock === clock.id)
    .map((one) => one.items.data[0]?.price.recurring)
    .reduce(
      (days, every) =>
        every
          ? Math.min(
              days,
              ({ day: 1, week: 7, month: 31, year: 366 }[plainInterval(every.interval)] ?? 366) *
                every.interval_count,
            )
          : days,
      366 * 5,
    );
  if (to - clock.frozen_time > 2 * longest * DAY)
    throw invalid(
      'Test clocks can only be advanced by up to two intervals of the shortest subscription on them at a time.',
      'frozen_time',
    );
  emit(account, 'test_helpers.test_clock.advancing', { ...clock, status: 'advancing' });
  run(account, clock.id, to);
  clock.frozen_time = to;
  emit(account, 'test_helpers.test_clock.ready', clock);
  // As Stripe answers: what has been asked for is on its way. Here it is done when the answer comes.
  return { ...clock, status: 'advancing' };
}

const plainInterval = (interval: string): 'day' | 'month' | 'week' | 'year' =>
  interval === 'day' || interval === 'week' || interval === 'month' ? interval : 'year';

export const clockRoutes: Route[] = [
  route(
    'POST',
    '/v1/test_helpers/test_clocks',
    accepts<Stripe.TestHelpers.TestClockCreateParams>()({
      frozen_time: whole,
      name: v.optional(text),
    }),
    (account, params) => {
      const clock: TestClock = {
        id: newId('clock'),
        object: 'test_helpers.test_clock',
        created: account.real(),
        deletes_after: account.real() + 30 * DAY,
        frozen_time: params.frozen_time,
        livemode: false,
        name: params.name ?? null,
        status: 'ready',
        status_details: {},
      };
      account.tables['test_helpers.test_clock'].set(clock.id, clock);
      emit(account, 'test_helpers.test_clock.created', clock);
      return clock;
    },
  ),
  route('GET', '/v1/test_helpers/test_clocks/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables['test_helpers.test_clock'], 'testclock', id),
  ),
  route('GET', '/v1/test_helpers/test_clocks', v.strictObject(page), (account, params) =>
    listOf('/v1/test_helpers/test_clocks', account.tables['test_helpers.test_clock'].values(), params),
  ),
  route(
    'POST',
    '/v1/test_helpers/test_clocks/:id/advance',
    accepts<Stripe.TestHelpers.TestClockAdvanceParams>()({ frozen_time: whole }),
    (account, params, id) =>
      advance(account, get(account.tables['test_helpers.test_clock'], 'testclock', id), params.frozen_time),
  ),
  route('DELETE', '/v1/test_helpers/test_clocks/:id', v.strictObject({}), (account, _, id) => {
    const { tables } = account;
    const clock = get(tables['test_helpers.test_clock'], 'testclock', id);
    // Its customers go with it, and all that is theirs.
    for (const table of [tables.customer, tables.subscription, tables.invoice])
      for (const [key, one] of table) if (one.test_clock === id) table.delete(key);
    tables['test_helpers.test_clock'].delete(id);
    emit(account, 'test_helpers.test_clock.deleted', clock);
    return { id, object: 'test_helpers.test_clock', deleted: true };
  }),
];
