import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEpisode, AdminTitle, NewTitle } from '../../schema/api/editing.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

const HOUR = 3_600_000;
const made = { slug: '', watch: '', airs: 0 };
beforeAll(async () => {
  const token = await bearer('editor');
  const send = async <T>(method: string, path: string, json: unknown) =>
    (await call(method, path, { token, json })).json<T>();
  const title = await send<AdminTitle>('POST', '/api/admin/titles', {
    names: { main: 'Hoshi no Yubin', native: '星の郵便', english: 'Post of Stars' },
    slug: 'hoshi-no-yubin',
    genres: ['Drama', 'Space'],
    year: 2026,
    cour: 'autumn',
    synopsis: { en: 'Letters, delivered; to stars.' },
  } satisfies NewTitle);
  await call('POST', `/api/admin/titles/${title.id}/licences`, {
    token,
    json: { territories: { mode: 'exclude', countries: [] }, startsAt: null, endsAt: null },
  });
  made.airs = Date.now() + 3 * HOUR;
  const episode = (number: number, airsAt: number) =>
    send<AdminEpisode>('PUT', `/api/admin/titles/${title.id}/seasons/1/episodes/${number}`, {
      name: `Letter; no. ${number}, \\ “風”`,
      synopsis: 'A very long way & a <short> answer.',
      airsAt,
    });
  const [first] = [await episode(1, Date.now() - 24 * HOUR), await episode(2, made.airs)];
  // As publish leaves an episode; publish itself belongs to ingest.
  await env.DB.prepare(
    `UPDATE episodes SET asset_id = 'ast_0pages', published_at = ?, duration = 1430 WHERE id = ?`,
  )
    .bind(Date.now(), first.id)
    .run();
  Object.assign(made, { slug: title.slug, watch: first.id });
});

const page = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await call('GET', path, { headers });
  return { answer, html: await answer.text() };
};
const words = (html: string) =>
  html
    .replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
type Thing = Record<string, unknown>;
const linkedData = (html: string): Thing[] => {
  const [, data] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)!;
  return JSON.parse(data!) as Thing[];
};

describe('pages that stay HTML', () => {
  it.each([
    '/',
    '/browse',
    '/search?q=hoshi',
    '/calendar',
    '/plans',
    '/legal/takedown',
    '/titles/hoshi-no-yubin',
  ])('%s loads the entry and nothing else, and can be read without it', async (path) => {
    const { answer, html } = await page(path);
    expect(answer.status).toBe(200);
    expect([...html.matchAll(/<script type="module"/g)]).toHaveLength(1);
    expect(html).not.toContain('id="wake"');
    expect([...html.matchAll(/rel="modulepreload"/g)].length).toBeLessThan(3);
    expect(html).toContain('<search');
    expect(html).not.toMatch(/<a(?=[\s>])(?![^>]*href=)[^>]*>/);
  });

  it('lists and narrows by links', async () => {
    const { html } = await page('/browse?genre=Space');
    expect(words(html)).toContain('Hoshi no Yubin');
    expect(html).toContain('<a class="chip" href="/browse" aria-label="Remove Space">');
    expect(html).toContain('href="/browse?sort=name&amp;genre=Space"');
    expect(html).toContain(`<link rel="canonical" href="${env.PUBLIC_ORIGIN}/browse?genre=Space"/>`);
    const none = await page('/browse?genre=Space&kind=movie');
    expect(words(none.html)).toContain('No title has all of this');
    expect(none.html).toContain('name="robots" content="noindex"');
    expect((await page('/browse?kind=nonsense')).answer.status).toBe(404);
  });

  it('shows when something airs in the zone that is asked for', async () => {
    const clock = (zone: string) =>
      new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', timeZone: zone }).format(made.airs);
    const date = (zone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(made.airs);
    for (const zone of ['Asia/Tokyo', 'America/Los_Angeles', 'Asia/Kathmandu']) {
      const { html } = await page(`/calendar?zone=${encodeURIComponent(zone)}&week=${date(zone)}`);
      const [, day] = new RegExp(`aria-labelledby="day-${date(zone)}">([\\s\\S]*?)</section>`).exec(html)!;
      expect(words(day!)).toContain(clock(zone));
      expect(words(day!)).toContain('Hoshi no Yubin');
    }
    expect((await page('/calendar?zone=Mars/Olympus&week=never')).answer.status).toBe(200);
  });

  it('helps who mistyped a name', async () => {
    const { answer, html } = await page('/titles/hoshi-no-yubn');
    expect(answer.status).toBe(404);
    expect(html).toContain('value="hoshi no yubn"');
    expect(html).toContain('href="/titles/hoshi-no-yubin"');
  });

  it('says whom to write to about rights, and what', async () => {
    const { html } = await page('/legal/takedown');
    expect(words(html)).toContain('512(c)(3)(A)');
    expect((await page('/legal/nothing')).answer.status).toBe(404);
  });

  it('has an address in each language', async () => {
    const { html } = await page('/titles/hoshi-no-yubin?lang=ja', { 'accept-language': 'en' });
    const at = `${env.PUBLIC_ORIGIN}/titles/hoshi-no-yubin`;
    expect(html).toMatch(/^<!doctype html><html lang="ja"/);
    expect(html).toContain(`<link rel="canonical" href="${at}?lang=ja"/>`);
    for (const [language, address] of [
      ['en', `${at}?lang=en`],
      ['ja', `${at}?lang=ja`],
      ['x-default', at],
    ])
      expect(html).toContain(`<link rel="alternate" hreflang="${language}" href="${address}"/>`);
  });
});

describe('linked data', () => {
  const required: Record<string, string[]> = {
    TVSeries: ['name', 'url', 'containsSeason'],
    TVSeason: ['seasonNumber', 'episode'],
    TVEpisode: ['name', 'episodeNumber', 'url'],
    VideoObject: ['name', 'thumbnailUrl', 'uploadDate', 'description', 'duration'],
    BreadcrumbList: ['itemListElement'],
    ListItem: ['position', 'name', 'item'],
    WebSite: ['name', 'url', 'potentialAction'],
    Organization: ['name'],
    SearchAction: ['target', 'query-input'],
  };
  /** Every thing in it has what its type needs (Google's "required properties"); returns the types met. */
  const check = (value: unknown, met = new Set<string>()): Set<string> => {
    if (Array.isArray(value)) for (const item of value) check(item, met);
    else if (typeof value === 'object' && value !== null) {
      const thing = value as Thing;
      const type = thing['@type'] as string | undefined;
      const needs = type === undefined ? [] : required[type];
      expect(needs, `what ${type} needs is not known here`).toBeDefined();
      // A part named inside of a whole needs no more than the name that tells which.
      const whole = type !== 'TVSeason' || 'episode' in thing;
      if (whole && !(type === 'TVSeries' && !('@context' in thing)))
        for (const key of needs!) expect(thing[key], `${type}.${key}`).toBeTruthy();
      if (type) met.add(type);
      for (const inner of Object.values(thing)) check(inner, met);
    }
    return met;
  };

  it('of a series names its seasons and episodes', async () => {
    const met = check(linkedData((await page('/titles/hoshi-no-yubin')).html));
    expect([...met].sort()).toEqual(['BreadcrumbList', 'ListItem', 'TVEpisode', 'TVSeason', 'TVSeries']);
  });
  it('of an episode says where it belongs', async () => {
    const [episode] = linkedData((await page(`/watch/${made.watch}`)).html);
    expect([...check(episode)]).toContain('TVEpisode');
    expect(episode).toMatchObject({ partOfSeason: { seasonNumber: 1 }, timeRequired: 'PT1430S' });
  });
  it('of the home page says how to search', async () => {
    const { html } = await page('/');
    const [, data] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)!;
    expect(check(JSON.parse(data!)).has('SearchAction')).toBe(true);
  });
});

describe('feeds', () => {
  it('has a calendar that RFC 5545 programs read', async () => {
    const { answer, html: file } = await page('/calendar.ics');
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of file.split('\r\n'))
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    const unfolded = file.replaceAll('\r\n ', '');
    expect(unfolded).toContain(String.raw`SUMMARY:Hoshi no Yubin · S1 E2 Letter\; no. 2\, \\ “風”`);
    const at = `${new Date(made.airs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    expect(unfolded).toContain(`DTSTART:${at}`);
    const uids = unfolded.match(/^UID:.+$/gm)!;
    expect(new Set(uids).size).toBe(uids.length);
    expect(unfolded.match(/^DTSTAMP:\d{8}T\d{6}Z$/gm)).toHaveLength(uids.length);
    expect(unfolded.match(/^BEGIN:VEVENT$/gm)).toHaveLength(uids.length);
  });

  it('has new episodes as RSS, escaped', async () => {
    const { answer, html: feed } = await page('/feed.xml');
    expect(answer.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
    expect(feed).toContain('A very long way &amp; a &lt;short&gt; answer.');
    expect(feed).toContain(`<link>${env.PUBLIC_ORIGIN}/watch/${made.watch}</link>`);
  });

  it('leads search engines to every title', async () => {
    const robots = await page('/robots.txt');
    const [, index] = /^Sitemap: (.+)$/m.exec(robots.html)!;
    const parts = [...(await page(new URL(index!).pathname)).html.matchAll(/<loc>(.+?)<\/loc>/g)];
    expect(parts).toHaveLength(1);
    const { html: part } = await page(new URL(parts[0]![1]!).pathname);
    expect(part).toContain(`<loc>${env.PUBLIC_ORIGIN}/titles/hoshi-no-yubin</loc><lastmod>20`);
    expect(part).toContain(`hreflang="ja" href="${env.PUBLIC_ORIGIN}/titles/hoshi-no-yubin?lang=ja"`);
  });
});
