import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subscriptionStates } from '../../schema/plans.ts';
import { holdsUntil, type Standing } from './entitled.ts';
import { takenBack } from './settle-subscription.ts';

const DAY = 86_400_000;
const GRACE = 7 * DAY;
const START = Date.UTC(2026, 0, 1);
const END = START + 30 * DAY;
const standing = (over: Partial<Standing>): Standing => ({
  state: 'active',
  startedAt: START,
  periodStart: START,
  periodEnd: END,
  trialEnd: null,
  cancelAt: null,
  endedAt: null,
  pausedAt: null,
  resumesAt: null,
  owedSince: null,
  ...over,
});
const until = (over: Partial<Standing>) => holdsUntil(standing(over), GRACE);

describe('until when a plan holds', () => {
  it.each<[string, Partial<Standing>, number]>([
    ['paid: the period, and the grace for word of the next one', {}, END + GRACE],
    ['on trial: likewise', { state: 'trialing', trialEnd: END }, END + GRACE],
    ['to be cancelled: to that moment exactly', { cancelAt: END }, END],
    ['renewed, and not charged yet: the grace', { owedSince: START }, START + GRACE],
    [
      'a payment failed: the grace from when it was owed',
      { state: 'past_due', owedSince: START },
      START + GRACE,
    ],
    ['… and without an invoice to go by, from the period on', { state: 'past_due' }, START + GRACE],
    [
      'a switch in the middle was not paid: the grace from then',
      { state: 'past_due', owedSince: START + 20 * DAY },
      START + 27 * DAY,
    ],
    ['given up: nothing of the period was paid', { state: 'unpaid' }, START],
    ['ended: when it ended', { state: 'canceled', endedAt: START + DAY }, START + DAY],
    ['its first payment was never made', { state: 'incomplete' }, START],
    ['… and never will be', { state: 'incomplete_expired' }, START],
    ['paused: from then on nothing', { pausedAt: START + 3 * DAY }, START + 3 * DAY],
    ['paused after a trial without a card', { state: 'paused', pausedAt: START + 3 * DAY }, START + 3 * DAY],
  ])('%s', (_, over, expected) => {
    expect(until(over)).toBe(expected);
  });

  const day = fc.integer({ min: 0, max: 60 }).map((n) => START + n * DAY);
  const any = fc.record({
    state: fc.constantFrom(...subscriptionStates),
    cancelAt: fc.option(day),
    endedAt: fc.option(day),
    pausedAt: fc.option(day),
    owedSince: fc.option(day),
  });
  it('never lets anybody in beyond what is paid and the grace', () => {
    fc.assert(
      fc.property(any, (over) => {
        const held = until(over);
        expect(held).toBeLessThanOrEqual(
          Math.max(END, over.endedAt ?? 0, over.owedSince ?? 0, over.pausedAt ?? 0) + GRACE,
        );
        const goesOn = over.state === 'active' || over.state === 'trialing' || over.state === 'past_due';
        const ends = [over.pausedAt ?? over.cancelAt ?? Infinity, over.pausedAt ?? Infinity];
        expect(goesOn ? held : 0).toBeLessThanOrEqual(Math.min(...ends));
      }),
    );
  });
  it('a shorter grace never makes it longer', () => {
    fc.assert(
      fc.property(any, fc.nat(60), fc.nat(60), (over, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(holdsUntil(standing(over), less * DAY)).toBeLessThanOrEqual(
          holdsUntil(standing(over), more * DAY),
        );
      }),
    );
  });
});

describe('what was paid for a period', () => {
  const paid = { left: 980, disputed: 0, takenAt: null };
  it.each([
    ['nothing was paid (a trial)', [], null],
    ['it is still ours', [paid], null],
    ['part of it was given back', [{ left: 480, disputed: 0, takenAt: 5 }], null],
    ['all of it was', [{ left: 0, disputed: 0, takenAt: 5 }], 5],
    ['a bank took it', [{ left: 0, disputed: 980, takenAt: 6 }], 6],
    ['… and gave it back', [{ left: 980, disputed: 0, takenAt: 6 }], null],
    ['a bank took what a switch cost', [paid, { left: 0, disputed: 500, takenAt: 7 }], 7],
    ['what a switch cost was given back', [paid, { left: 0, disputed: 0, takenAt: 7 }], null],
  ])('%s', (_, payments, expected) => {
    expect(takenBack(payments)).toBe(expected);
  });
});
