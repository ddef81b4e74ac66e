import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { takenBack, type Entry } from './ledger.ts';

const payment: Entry = {
  id: 'payment:pi_1',
  kind: 'payment',
  at: 0,
  currency: 'jpy',
  amount: 1000,
  tax: 91,
  recordedAt: 0,
};
const refund = (id: string, amount: number, created: number) =>
  ({ id, amount, created, status: 'succeeded' }) as Stripe.Refund;
const none = { refunds: [], disputes: [], failed: [] };

describe('what was taken back of a payment', () => {
  it('in parts takes back all of its tax, in whatever order it is told', () => {
    const refunds = [refund('re_3', 334, 3), refund('re_1', 333, 1), refund('re_2', 333, 2)];
    const entries = takenBack(payment, { ...none, refunds }, 9);
    expect(entries.map(({ id, tax }) => [id, tax])).toEqual([
      ['refund:re_1', -30],
      ['refund:re_2', -31],
      ['refund:re_3', -30],
    ]);
  });

  it('and won back is the same with its sign turned', () => {
    const dispute = { id: 'dp_1', amount: 500, created: 1, status: 'won', balance_transactions: [] };
    const entries = takenBack({ ...payment, tax: 97 }, { ...none, disputes: [dispute as never] }, 9);
    expect(entries.map(({ kind, amount, tax }) => [kind, amount, tax])).toEqual([
      ['dispute', -500, -49],
      ['dispute-won', 500, 49],
    ]);
  });

  it('and failed afterwards is here again, as it was booked', () => {
    const booked: Entry = { ...payment, id: 'refund:re_1', kind: 'refund', amount: -333, tax: -30 };
    expect(takenBack(payment, { ...none, failed: [booked] }, 9)).toEqual([
      {
        ...payment,
        id: 'refund-failed:re_1',
        kind: 'refund-failed',
        at: 9,
        amount: 333,
        tax: 30,
        recordedAt: 9,
      },
    ]);
  });
});
