import { expect, it } from 'vitest';
import { episodeCard } from '../../testing/catalog.ts';
import { here } from '../../testing/here.ts';
import { DAY, NOW, offer, purchase } from './money.fixture.ts';
import { holdsEpisode, partsOf } from './offers.ts';
import { standsAt, terms } from './words.ts';

const episodes = [1, 2].map((number) => episodeCard({ id: `ep_${number}`, number }));
const seasons = [{ number: 1, name: null, episodes }];

it('lists the whole first, then seasons, then episodes, renting and buying side by side', () => {
  const items = [
    offer({ id: 'ofr_ep2', season: 1, episodeId: 'ep_2' }),
    offer({ id: 'ofr_buy', kind: 'purchase', amount: 3_000 }),
    offer({ id: 'ofr_rent' }),
    offer({ id: 'ofr_season', season: 1 }),
    offer({ id: 'ofr_unseen', season: 1, episodeId: 'ep_9' }),
  ];
  const mine = [purchase({ season: 1, episodeId: 'ep_1', episodeNumber: 1 })];
  expect(
    partsOf({ items, mine }, seasons).map(({ number, offers, mine: has }) => [
      number,
      offers.map(({ id }) => id),
      has?.id,
    ]),
  ).toEqual([
    [null, ['ofr_rent', 'ofr_buy'], undefined],
    [null, ['ofr_season'], undefined],
    [1, [], 'pur_0test'],
    [2, ['ofr_ep2'], undefined],
  ]);
});

it('knows what opens an episode', () => {
  const place = { season: 1, id: 'ep_1' };
  const opens = (season: number | null, episodeId: string | null) =>
    holdsEpisode({ season, episodeId }, place);
  expect([opens(null, null), opens(1, null), opens(1, 'ep_1')]).toEqual([true, true, true]);
  expect([opens(2, null), opens(1, 'ep_2')]).toEqual([false, false]);
});

it('says the terms as they are written: hours where it is hours', () => {
  expect(terms(here(), offer())).toBe('30 days to begin, then 48 hours to finish.');
  expect(terms(here(), offer({ beginWithinMs: null, playsForMs: 7 * DAY }))).toBe(
    '7 days from the first play on.',
  );
  expect(terms(here(), offer({ kind: 'purchase' }))).toBe('To keep.');
});

it('says how long it is the viewer’s', () => {
  const at = (given: Parameters<typeof purchase>[0]) => standsAt(here(), purchase(given));
  expect(at({}).text).toContain('Begin by Jan 30, 2026');
  expect(at({}).text).toContain('48 hours');
  const begun = at({ begunAt: NOW - 3_600_000, until: NOW + 47 * 3_600_000 });
  expect(begun).toMatchObject({ open: true });
  expect(begun.text).toContain('1 day 23 hours left');
  expect(at({ begunAt: NOW - 3 * DAY, until: NOW - DAY })).toMatchObject({ open: false });
  expect(at({ beginBy: NOW - 1 })).toMatchObject({ open: false });
  expect(at({ kind: 'purchase', until: null })).toEqual({ text: 'Yours.', open: true });
  expect(at({ kind: 'purchase', revokedAt: NOW - 1 })).toMatchObject({ open: false });
});
