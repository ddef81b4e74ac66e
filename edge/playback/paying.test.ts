import { expect, it } from 'vitest';
import { basePlan, type Source } from '../../schema/plans.ts';
import { payingOf } from './paying.ts';

const episode = {
  id: 'ep_1',
  season: 1,
  number: 1,
  published: true,
  airsAt: null,
  ageRating: 'all' as const,
  takenDown: false,
};
const NOW = 1_000;
const held = (source: Source, trialEnd: number | null = null, until: number | null = null) => ({
  plan: { ...basePlan, id: 'fan' },
  since: 0,
  until,
  source,
  trialEnd,
});
const bought = (id: string, source: Source, boughtAt = 0) => ({
  id: `pur_${id}` as const,
  kind: 'rental' as const,
  source,
  season: null,
  episodeId: null,
  boughtAt,
  beginBy: 5_000,
  playsForMs: 100,
  begunAt: null,
  revokedAt: null,
});
const by = (model: Parameters<typeof payingOf>[0]['model'], given: Partial<Parameters<typeof payingOf>[1]>) =>
  payingOf({ model }, { episode, subscriptions: [], purchases: [], ...given }, 'fan', NOW);

it('says of a subscription whether anything was paid for it: one that is goes before what was given', () => {
  expect(by('subscription', { subscriptions: [held('stripe')] }).given).toBe(null);
  expect(by('subscription', { subscriptions: [held('stripe', NOW)] }).given).toBe(null); // the trial is over
  expect(by('subscription', { subscriptions: [held('stripe', NOW + 1)] }).given).toBe('trial');
  expect(by('subscription', { subscriptions: [held('gift'), held('staff')] }).given).toBe('staff');
  expect(by('subscription', { subscriptions: [held('gift'), held('stripe')] }).given).toBe(null);
  expect(by('subscription', { subscriptions: [held('gift'), held('stripe', null, NOW)] }).given).toBe('gift'); // paid until now
});

it('names what was rented, the same that the grant goes by', () => {
  const purchases = [bought('late', 'stripe', NOW + 1), bought('given', 'gift')];
  expect(by('rental', { purchases })).toEqual({ model: 'rental', purchaseId: 'pur_given', given: 'gift' });
  expect(by('rental', { purchases: [bought('paid', 'stripe')] })).toEqual({
    model: 'rental',
    purchaseId: 'pur_paid',
    given: null,
  });
});

it('says nothing more of what needs no payment', () => {
  const subscriptions = [held('gift')];
  expect(by('free', { subscriptions })).toEqual({ model: 'free', purchaseId: null, given: null });
  expect(by('ads', { subscriptions })).toEqual({ model: 'ads', purchaseId: null, given: null });
});
