import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { aired, bought, DAY, holdback, licence, NOW, on, someone } from './rights.fixture.ts';
import type { Grant, LicenceTerms, Rights, Subject, Viewer } from './terms.ts';

const only = (...licences: LicenceTerms[]): Rights => ({ licences, holdbacks: [] });
const ask = (rights: Rights, viewer: Partial<Viewer> = {}, episode: Partial<Subject> = {}, at = NOW) =>
  decide({ ...someone, ...viewer }, { ...aired, ...episode }, rights, at);
const no = (reason: string, retryAt: number | null = null, offer: unknown = null) => ({
  granted: false,
  reason,
  retryAt,
  offer,
});

describe('a grant', () => {
  it('is what the row allows, until it ends', () => {
    const row = licence({ maxHeight: 720, audioLanguages: ['ja'], downloads: true });
    expect(ask(only(row))).toEqual({
      granted: true,
      licenceId: 'lic_a',
      model: 'free',
      ads: false,
      downloads: false,
      maxHeight: 720,
      audio: ['ja'],
      subtitles: null,
      early: false,
      begins: null,
      until: NOW + DAY,
    });
  });

  it('is never better than the plan', () => {
    const rows = only(licence({ models: ['subscription'], maxHeight: 1080, downloads: true }));
    expect(ask(rows, { subscriptions: [on({ maxHeight: 480, downloads: true }, 0, NOW + 5)] })).toMatchObject(
      {
        model: 'subscription',
        maxHeight: 480,
        downloads: true,
        until: NOW + 5,
      },
    );
  });

  it('opens and closes to the millisecond', () => {
    const rows = only(licence({ startsAt: NOW, endsAt: NOW + 10 }));
    expect(ask(rows, {}, {}, NOW - 1)).toEqual(no('not-yet', NOW));
    expect(ask(rows, {}, {}, NOW)).toMatchObject({ granted: true, until: NOW + 10 });
    expect(ask(rows, {}, {}, NOW + 9)).toMatchObject({ granted: true });
    expect(ask(rows, {}, {}, NOW + 10)).toEqual(no('window-ended'));
  });

  it('covers a viewer whose country is unknown by a world-wide row only, and not where a holdback may be about them', () => {
    const rows = only(licence({ territoryMode: 'exclude', countries: [] }));
    expect(ask(rows, { country: null })).toMatchObject({ granted: true });
    const held = { ...rows, holdbacks: [holdback({ territoryMode: 'include', countries: ['FR'] })] };
    expect(ask(held, { country: null })).toEqual(no('not-in-territory'));
    expect(ask(held, { country: 'JP' })).toMatchObject({ granted: true });
  });

  it('ends where a holdback of its model begins', () => {
    const rows: Rights = {
      licences: [licence({ models: ['ads', 'subscription'] })],
      holdbacks: [
        holdback({ startsAt: NOW + 3, models: ['ads'] }),
        holdback({ startsAt: NOW + 2, models: ['rental'] }),
      ],
    };
    expect(ask(rows)).toMatchObject({ model: 'ads', ads: true, until: NOW + 3 });
    expect(ask(rows, { subscriptions: [on({})] })).toMatchObject({
      model: 'subscription',
      ads: false,
      until: NOW + DAY,
    });
  });

  it('begins a rental, and lasts as long as one that has begun', () => {
    const rows = only(licence({ models: ['rental'] }));
    const fresh = bought({ playsForMs: 100, beginBy: NOW + 1 });
    expect(ask(rows, { purchases: [fresh] })).toMatchObject({ begins: 'pur_a', until: NOW + 100 });
    expect(ask(rows, { purchases: [fresh] }, {}, NOW + 1)).toMatchObject({ reason: 'purchase-required' });
    const begun = bought({ id: 'pur_b', playsForMs: 100, begunAt: NOW - 40 });
    expect(ask(rows, { purchases: [fresh, begun] })).toMatchObject({ begins: null, until: NOW + 60 });
    expect(ask(rows, { purchases: [begun] }, {}, NOW + 60)).toMatchObject({ reason: 'purchase-required' });
    expect(ask(rows, { purchases: [{ ...begun, revokedAt: NOW }] })).toMatchObject({ granted: false });
    expect(ask(rows, { purchases: [{ ...begun, season: 2 }] })).toMatchObject({ granted: false });
    expect(ask(rows, { purchases: [{ ...begun, episodeId: 'ep_b' }] })).toMatchObject({ granted: false });
    expect(ask(rows, { purchases: [{ ...begun, episodeId: 'ep_a' }] })).toMatchObject({ granted: true });
  });

  it('comes earlier to those whose plan says so', () => {
    const rows = only(
      licence({ models: ['free'], earlyAccess: [{ plan: 'premium', ms: 50 }], endsAt: null }),
    );
    const soon = { airsAt: NOW + 50 };
    const premium = { subscriptions: [on({ id: 'premium' }, 0, NOW + 20)] };
    expect(ask(rows, premium, soon, NOW - 1)).toEqual(no('not-yet', NOW));
    expect(ask(rows, premium, soon)).toMatchObject({ granted: true, early: true, until: NOW + 20 });
    expect(ask(rows, premium, soon, NOW + 20)).toEqual(
      no('not-yet', NOW + 50, { at: NOW + 20, models: ['free'], plans: ['premium'] }),
    );
    expect(ask(rows, { subscriptions: [on({ id: 'other' })] }, soon)).toMatchObject({
      reason: 'not-yet',
      retryAt: NOW + 50,
    });
    expect(ask(rows, {}, soon, NOW + 50)).toMatchObject({ granted: true, early: false });
  });
});

describe('the most permissive row', () => {
  const chosen = (...rows: LicenceTerms[]) =>
    (ask(only(...rows), { subscriptions: [on({ maxHeight: 1080, downloads: true })] }) as Grant).licenceId;
  it('is the one without ads, the taller, with more dubs, more subtitles, downloads, the gentler model, the later end', () => {
    const tall = licence({ id: 'lic_tall', maxHeight: 1080, audioLanguages: ['ja'], models: ['ads'] });
    const wide = licence({ id: 'lic_wide', maxHeight: 720 });
    expect(chosen(wide, tall)).toBe('lic_wide');
    expect(chosen(wide, { ...tall, models: ['subscription'] })).toBe('lic_tall');
    // Beyond the plan's height no row is taller than another.
    expect(
      chosen(
        licence({ id: 'lic_4k', maxHeight: 2160, audioLanguages: ['ja'] }),
        licence({ maxHeight: 1080 }),
      ),
    ).toBe('lic_a');
    expect(
      chosen(
        licence({ id: 'lic_one', audioLanguages: ['ja', 'ja'] }),
        licence({ id: 'lic_two', audioLanguages: ['ja', 'en'] }),
      ),
    ).toBe('lic_two');
    expect(
      chosen(
        licence({ id: 'lic_none', subtitleLanguages: [] }),
        licence({ id: 'lic_some', subtitleLanguages: ['en'] }),
      ),
    ).toBe('lic_some');
    expect(chosen(licence({ id: 'lic_a' }), licence({ id: 'lic_b', downloads: true }))).toBe('lic_b');
    expect(chosen(licence({ id: 'lic_a', models: ['subscription'] }), licence({ id: 'lic_b' }))).toBe(
      'lic_b',
    );
    expect(chosen(licence({ id: 'lic_a' }), licence({ id: 'lic_b', endsAt: null }))).toBe('lic_b');
    expect(chosen(licence({ id: 'lic_b' }), licence({ id: 'lic_a' }))).toBe('lic_a');
  });
});

describe('a refusal', () => {
  const opens = { models: ['free'] } as const;
  it.each<[string, string, Partial<Viewer>, Partial<Subject>, LicenceTerms[], number | null, unknown]>([
    ['nobody is signed in', 'not-signed-in', { signedIn: false }, {}, [licence()], null, null],
    ['it is not published', 'not-found', {}, { published: false }, [licence()], null, null],
    ['it was taken down', 'taken-down', {}, { takenDown: true }, [licence()], null, null],
    ['there is no licence', 'not-in-territory', {}, {}, [], null, null],
    ['the country is not included', 'not-in-territory', { country: 'FR' }, {}, [licence()], null, null],
    [
      'the country is excluded',
      'not-in-territory',
      {},
      {},
      [licence({ territoryMode: 'exclude' })],
      null,
      null,
    ],
    [
      'the country is unknown and a list decides',
      'not-in-territory',
      { country: null },
      {},
      [licence(), licence({ territoryMode: 'exclude', countries: ['CN'] })],
      null,
      null,
    ],
    ['another season is licensed', 'not-in-territory', {}, {}, [licence({ season: 2 })], null, null],
    [
      'other episodes are licensed',
      'not-in-territory',
      {},
      { number: 5 },
      [licence({ season: 1, episodeTo: 4 }), licence({ season: 1, episodeFrom: 6 })],
      null,
      null,
    ],
    ['a window is empty', 'not-in-territory', {}, {}, [licence({ startsAt: NOW, endsAt: NOW })], null, null],
    ['the licence was ended', 'not-in-territory', {}, {}, [licence({ endedAt: NOW + 9 })], null, null],
    ['every window has ended', 'window-ended', {}, {}, [licence({ endsAt: NOW })], null, null],
    [
      'the profile is too young',
      'age-restricted',
      { ageCeiling: '12' },
      { ageRating: '16' },
      [licence()],
      null,
      null,
    ],
    [
      'the profile is too young, and it has not aired',
      'age-restricted',
      { ageCeiling: 'all' },
      { ageRating: '7', airsAt: NOW + 5 },
      [licence()],
      null,
      null,
    ],
    ['it has not aired', 'not-yet', {}, { airsAt: NOW + 5 }, [licence(opens)], NOW + 5, null],
    ['the licence ends before it airs', 'not-yet', {}, { airsAt: NOW + 2 * DAY }, [licence()], null, null],
    [
      'a window has ended and the next one is to come',
      'not-yet',
      {},
      {},
      [licence({ endsAt: NOW }), licence({ startsAt: NOW + 9 }), licence({ startsAt: NOW + 7 })],
      NOW + 7,
      null,
    ],
    [
      'it takes a plan',
      'plan-required',
      {},
      {},
      [licence({ models: ['subscription', 'rental'] }), licence({ startsAt: NOW + 7 })],
      NOW + 7,
      { at: NOW, models: ['subscription', 'rental'], plans: null },
    ],
    [
      'it takes a plan that comes with ads',
      'plan-required',
      { subscriptions: [on({ ads: false }, 0, NOW + 7)] },
      {},
      [licence({ models: ['ads'] })],
      NOW + 7,
      { at: NOW, models: ['ads'], plans: null },
    ],
    [
      'it has to be bought',
      'purchase-required',
      { subscriptions: [on({})] },
      {},
      [licence({ models: ['purchase', 'rental'] })],
      null,
      { at: NOW, models: ['rental', 'purchase'], plans: null },
    ],
    [
      'it will take a plan from then on',
      'not-yet',
      {},
      {},
      [licence({ models: ['subscription'], startsAt: NOW + 7 })],
      null,
      { at: NOW + 7, models: ['subscription'], plans: null },
    ],
  ])('when %s is %s', (_, reason, viewer, episode, rows, retryAt, offer) => {
    expect(ask(only(...rows), viewer, episode)).toEqual(no(reason, retryAt, offer));
  });

  it('is the same for an episode that is not there', () => {
    expect(decide(someone, null, only(licence()), NOW)).toEqual(no('not-found'));
  });

  it('tells a holdback that ends from one that does not', () => {
    const rows = { licences: [licence()], holdbacks: [holdback({ endsAt: NOW + 3 })] };
    expect(ask(rows)).toEqual(no('not-yet', NOW + 3));
    expect(ask({ ...rows, holdbacks: [holdback({ startsAt: NOW - 1 })] })).toEqual(no('window-ended'));
    expect(ask({ ...rows, holdbacks: [holdback()] })).toEqual(no('not-in-territory'));
    expect(ask({ ...rows, holdbacks: [holdback({ season: 1, episodeFrom: 2 })] })).toMatchObject({
      granted: true,
    });
  });
});
