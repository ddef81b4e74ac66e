import { expect, it } from 'vitest';
import { here } from '../../testing/here.ts';
import { standing } from './standing.ts';
import { DAY, NOW, paid, price, subscription } from './money.fixture.ts';

const of = (given: Parameters<typeof subscription>[0]) => standing(here(), subscription(given));

it('says until when it is paid, and what it costs then', () => {
  const { text, deals } = of({});
  expect(text).toBe('Paid until January 21, 2026. It goes on then for ¥980 a month.');
  expect(deals).toEqual(['switch', 'pause', 'cancel']);
});

it('says what a trial turns into, or that it does not', () => {
  const trial = { state: 'trialing', trialEnd: NOW + 7 * DAY, periodEnd: NOW + 7 * DAY } as const;
  expect(of({ paid: paid(trial) }).text).toBe('Free until January 8, 2026, then ¥980 a month.');
  expect(of({ paid: paid({ ...trial, cancelAt: NOW + 7 * DAY }) })).toMatchObject({
    text: 'Free until January 8, 2026. It ends then, and nothing is charged.',
    deals: ['resume'],
  });
});

it.each([
  ['cancelled', { cancelAt: NOW + 20 * DAY }, ['resume']],
  ['paused', { pausedAt: NOW, resumesAt: NOW + 30 * DAY }, ['unpause', 'cancel']],
  ['owed', { state: 'past_due', pastDueSince: NOW - DAY }, ['mend', 'cancel']],
  ['given up on', { state: 'unpaid' }, ['mend', 'cancel']],
  ['over', { state: 'canceled' }, []],
] as const)('of one that is %s something can be done', (_, given, deals) => {
  expect(of({ paid: paid(given) }).deals).toEqual(deals);
});

it('can be left whenever it can be kept, and the other way about', () => {
  for (const state of ['trialing', 'active', 'past_due', 'unpaid', 'paused'] as const)
    for (const cancelAt of [null, NOW + DAY])
      for (const pausedAt of [null, NOW - DAY]) {
        const pastDueSince = state === 'past_due' ? NOW - DAY : null;
        const { deals } = of({ paid: paid({ state, cancelAt, pausedAt, pastDueSince }) });
        expect(deals.includes('cancel') || deals.includes('resume')).toBe(true);
      }
});

it('shows one that does not hold now as long as it can be had back', () => {
  const until = NOW - DAY;
  expect(of({ until, paid: paid({ pausedAt: until }) }).over).toBe(false);
  expect(of({ until, paid: paid({ state: 'unpaid', pastDueSince: until }) }).over).toBe(false);
  expect(of({ until, paid: paid({ state: 'canceled' }) }).over).toBe(true);
  expect(of({ until, source: 'gift', paid: null }).over).toBe(true);
});

it('says where what is not paid for came from', () => {
  expect(of({ source: 'gift', paid: null, until: NOW + DAY }).text).toContain('gift code');
  expect(of({ source: 'staff', paid: null, until: null })).toMatchObject({
    text: 'Given to you.',
    deals: [],
  });
  expect(of({ paid: paid({ price: null }) }).text).not.toContain('null');
  expect(of({ paid: paid({ price: price({ interval: 'year', amount: 9_800 }) }) }).text).toContain(
    '¥9,800 a year',
  );
});
