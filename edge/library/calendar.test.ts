import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CalendarAddress, OwnCalendar } from '../../schema/api/library.ts';
import { watchStates } from '../../schema/library-terms.ts';
import { call } from '../testing/call.ts';
import { calendarToken, openCalendarToken } from './calendar-token.ts';
import { fan, titleWith, type Fan, type Made } from './library.fixture.ts';

const HOUR = 3_600_000;
const AIRS = Date.now() + 30 * HOUR;
const from = (country: string) => ({ cf: { country } as RequestInitCfProperties });
/** Episodes that air an hour apart, the first some time from now. */
const airing = (count: number, title: Parameters<typeof titleWith>[1] = {}) =>
  titleWith(count, title, (number) => ({ airsAt: AIRS + (number - 1) * HOUR }));
const events = (file: string) => file.split('BEGIN:VEVENT').slice(1);
const unfolded = (file: string) => file.replaceAll('\r\n ', '');

async function addressOf(who: Fan, country = 'JP', method = 'GET'): Promise<string> {
  const answer = await who.ask(method, '/api/me/calendar', undefined, from(country));
  expect(answer.status).toBe(200);
  return (await answer.json<CalendarAddress>()).path;
}
/** As a calendar program asks: without anything, from wherever its servers are. */
const fetched = (path: string) => call('GET', path, from('US'));
const fileAt = async (path: string) => {
  const answer = await fetched(path);
  expect(answer.status).toBe(200);
  return unfolded(await answer.text());
};

let series: Made;
beforeAll(async () => {
  series = await airing(3);
});

describe('the private calendar', () => {
  it('holds what is watched or followed, and nothing else that is on the list', async () => {
    const who = await fan();
    for (const state of watchStates) await who.says(await airing(1), { state });
    const followed = await airing(1);
    await who.says(followed, { state: 'planning', followed: true });
    const file = await fileAt(await addressOf(who));
    expect(events(file)).toHaveLength(2);
    expect(file).toContain(`UID:${followed.episodes[0]}@engawa.test`);
    expect(file).toContain('SUMMARY:Title ');
    expect(file).toContain('E1 Name 1');
    expect(file).toContain('X-WR-CALNAME:Engawa · What Mio');
  });

  it('is private, and the same to the byte within the hour', async () => {
    const who = await fan();
    await who.says(series, { state: 'watching' });
    const path = await addressOf(who);
    const answer = await fetched(path);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(await addressOf(who)).toBe(path);
    const stamps = [...(await answer.text()).matchAll(/DTSTAMP:(\S+)/g)].map(([, at]) => at);
    expect(new Set(stamps).size).toBe(1);
    expect(stamps[0]).toMatch(/^\d{8}T\d\d0000Z$/);
  });

  it('speaks the language of its address', async () => {
    const who = await fan();
    await who.says(series, { state: 'watching' });
    const path = await addressOf(who);
    expect(await fileAt(`${path}?lang=ja`)).toContain('さんの視聴予定');
    expect(await fileAt(`${path}?lang=de`)).toContain('Was Mio');
  });

  it('lists what may be shown where the address was copied, not where the program asks from', async () => {
    const who = await fan();
    const japanese = await airing(1, { shownIn: ' JP ' });
    const american = await airing(1, { shownIn: ' US ' });
    // The list keeps what one can see there: each is put on it where it is shown.
    await who.ask('PUT', `/api/me/watchlist/${japanese.id}`, { state: 'watching' }, from('JP'));
    await who.ask('PUT', `/api/me/watchlist/${american.id}`, { state: 'watching' }, from('US'));
    const inJapan = await fileAt(await addressOf(who, 'JP'));
    expect(inJapan).toContain(japanese.episodes[0]);
    expect(inJapan).not.toContain(american.episodes[0]);
    const unknown = await fileAt(await addressOf(who, 'XX'));
    expect(events(unknown)).toEqual([]);
  });

  it('goes by the age of its profile, as it is now', async () => {
    const who = await fan();
    const grownUp = await airing(1, { ageRating: '18' });
    await who.says(grownUp, { state: 'watching' });
    const path = await addressOf(who);
    expect(events(await fileAt(path))).toHaveLength(1);
    await who.ask('PATCH', `/api/me/profiles/${who.profileId}`, { ageCeiling: '12' });
    expect(events(await fileAt(path))).toHaveLength(0);
  });

  it('leaves out what the spoiler shield keeps back', async () => {
    const who = await fan({ shield: true });
    await who.says(series, { state: 'watching' });
    const path = await addressOf(who);
    const kept = await fileAt(path);
    expect(events(kept)).toHaveLength(3);
    expect(kept).not.toMatch(/Name \d|Synopsis \d/);
    await who.ask('POST', '/api/me/watched', { episodeId: series.episodes[0], watched: true });
    expect(await fileAt(path)).toMatch(/E1 Name 1/);
    expect(await fileAt(path)).not.toMatch(/Name [23]|Synopsis [23]/);
  });

  it('moves to a new address, and the old ones are worth nothing', async () => {
    const who = await fan();
    await who.says(series, { state: 'watching' });
    const old = [await addressOf(who, 'JP'), await addressOf(who, 'DE')];
    const renewed = await addressOf(who, 'JP', 'POST');
    expect(old).not.toContain(renewed);
    for (const path of old) expect((await fetched(path)).status).toBe(404);
    expect(events(await fileAt(renewed))).toHaveLength(3);
    expect(await addressOf(who, 'JP')).toBe(renewed);
  });

  it('is over with its profile, and while the account is being closed', async () => {
    const who = await fan();
    const child = await who.add({ name: 'Kotori' });
    const answer = await who.ask('GET', '/api/me/calendar', undefined, await who.entered(child.id));
    const { path } = await answer.json<CalendarAddress>();
    expect((await fetched(path)).status).toBe(200);
    await who.ask('DELETE', `/api/me/profiles/${child.id}`, {});
    expect((await fetched(path)).status).toBe(404);
    const own = await addressOf(who);
    await env.DB.prepare('update users set closes_at = ? where id = ?')
      .bind(Date.now() + HOUR, who.userId)
      .run();
    expect((await fetched(own)).status).toBe(404);
  });

  it('costs no storage read for an address that nobody made, one round trip for a good one', async () => {
    const who = await fan();
    await who.says(series, { state: 'watching' });
    const token = (await addressOf(who)).slice('/calendar/'.length, -'.ics'.length);
    const spies = [vi.spyOn(env.DB, 'prepare'), vi.spyOn(env.DB, 'batch')] as const;
    const other = `${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`;
    expect((await call('GET', `/api/calendar/${other}`)).status).toBe(401);
    expect(spies[0]).not.toHaveBeenCalled();
    const answer = await call('GET', `/api/calendar/${token}`);
    expect(spies[1]).toHaveBeenCalledOnce();
    expect((await answer.json<OwnCalendar>()).items).toHaveLength(3);
    vi.restoreAllMocks();
  });
});

describe('its token', () => {
  const secret = 'a secret of the tests';
  const claim = { profileId: 'prf_00000001', serial: 3, country: 'JP' } as const;
  it('says what it was made of', async () => {
    for (const one of [claim, { ...claim, country: null }, { ...claim, serial: 0 }])
      expect(await openCalendarToken(secret, await calendarToken(secret, one))).toEqual(one);
  });
  it('says nothing where a part of it was changed, or another secret made it', async () => {
    const token = await calendarToken(secret, claim);
    const changed = [
      token.replace('JP', 'US'),
      token.replace('.3-', '.4-'),
      token.replace('.3-', '.03-'),
      token.replace('00000001', '00000002'),
      token.slice(0, -1),
      `${token}A`,
      '',
    ];
    for (const one of changed) expect(await openCalendarToken(secret, one)).toBeNull();
    expect(await openCalendarToken('another secret', token)).toBeNull();
  });
});
