import { Hono, type Context } from 'hono';
import type { AddressParts, Addresses } from '../../../schema/api/addresses.ts';
import type { EpisodeCard, RecentEpisode, Schedule } from '../../../schema/api/catalog.ts';
import type { OwnCalendar } from '../../../schema/api/library.ts';
import type { Page } from '../../../schema/api/page.ts';
import { feedPath, icalPath, languages, paths, versions, wordsFor } from '../../../web/server.tsx';
import type { AppEnv } from '../../http/context.ts';
import { allow } from '../../http/guards.ts';
import { Problem } from '../../http/problem.ts';
import { at, Refused } from '../ask.ts';
import { stranger } from '../visit.ts';
import { calendar, type Airing } from './ical.ts';
import { rss } from './rss.ts';
import { sitemap, sitemapIndex, type Place } from './sitemap.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What the API gives of a schedule at once is 45 days. */
const [BACK, AHEAD] = [7 * DAY_MS, 37 * DAY_MS];
const sitemapPath = '/sitemap.xml';
/** Kept for a while by whoever asked, and by nobody in between: what may be listed depends on the country. */
const KEPT = { 'cache-control': 'private, max-age=600', vary: 'Cookie, Accept-Language' };

/** Where the site itself has pages that do not change with the catalogue. */
const standing = [paths.home, paths.browse, paths.calendar];

async function numbering(c: Context<AppEnv>) {
  const { language, origin, now } = stranger(c);
  const { t, words } = await wordsFor(language);
  const episodeName = ({ episode }: { episode: EpisodeCard }) => {
    const number = t('episode.short', { season: episode.season, number: episode.number });
    return episode.name ? `${number} ${episode.name}` : number;
  };
  return {
    language,
    origin,
    now,
    site: t('site.name'),
    about: t('site.description'),
    s: words('pages'),
    episodeName,
  };
}

/** To the hour, so that all who ask within it share one answer of the API, and get the same file. */
const hourOf = (now: number) => Math.floor(now / HOUR_MS) * HOUR_MS;

/** A calendar as a file; `what` it is of stands in its name. */
async function icalOf(c: Context<AppEnv>, items: readonly Airing[], what: string) {
  const { origin, now, site, episodeName } = await numbering(c);
  const file = calendar(items, { origin, now: hourOf(now), name: `${site} · ${what}`, episodeName });
  return c.body(file, 200, {
    ...KEPT,
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="engawa.ics"',
  });
}

/** What stands at a profile's private address: nothing, for a program or a person, where that is not good any more. */
async function ownCalendar(c: Context<AppEnv>, token: string) {
  const { s } = await numbering(c);
  try {
    const { name, items } = await at<OwnCalendar>(c, `/api/calendar/${encodeURIComponent(token)}`);
    return await icalOf(c, items, s('calendar.of', { name }));
  } catch (error) {
    // 401 would make calendar programs ask for a password.
    if (error instanceof Refused && error.problem.status === 401)
      throw new Problem('not-found', error.problem.detail);
    throw error;
  }
}

/** What machines read of the site. All of it comes from the API, so it holds what whoever asks may see where they are. */
export const feeds = new Hono<AppEnv>()
  .get(icalPath, allow('anyone'), async (c) => {
    const version = versions.find((one) => one === c.req.query('version'));
    const { now, s } = await numbering(c);
    const hour = hourOf(now);
    const range = `from=${hour - BACK}&to=${hour + AHEAD}${version ? `&version=${version}` : ''}`;
    const { items } = await at<Schedule>(c, `/api/schedule?${range}`);
    return icalOf(c, items, s('calendar.title'));
  })
  .get('/calendar/:token{[^/]+\\.ics}', allow('anyone'), async (c) => {
    c.header('x-robots-tag', 'noindex');
    return ownCalendar(c, c.req.param('token').replace(/\.ics$/, ''));
  })
  .get(feedPath, allow('anyone'), async (c) => {
    const { language, origin, site, about, s, episodeName } = await numbering(c);
    const { items } = await at<Page<RecentEpisode>>(c, '/api/episodes/recent?limit=50');
    const self = `${origin}${stranger(c).path}`;
    const name = `${site} · ${s('feed')}`;
    const file = rss(items, { origin, self, language, name, about, episodeName });
    return c.body(file, 200, { ...KEPT, 'content-type': 'application/rss+xml; charset=utf-8' });
  })
  .get(sitemapPath, allow('anyone'), async (c) => {
    const { origin } = c.var.platform.settings;
    const { after } = await at<AddressParts>(c, '/api/addresses/parts');
    const parts = after.map((id) => `${origin}/sitemaps/${id ?? 'first'}.xml`);
    return c.body(sitemapIndex(parts), 200, { ...KEPT, 'content-type': 'application/xml; charset=utf-8' });
  })
  .get('/sitemaps/:part{[0-9a-z_]+\\.xml}', allow('anyone'), async (c) => {
    const { origin } = c.var.platform.settings;
    const part = c.req.param('part').replace(/\.xml$/, '');
    const first = part === 'first';
    const { items } = await at<Addresses>(c, first ? '/api/addresses' : `/api/addresses?after=${part}`);
    const titles = items.map(({ slug, changed }): Place => ({
      path: `/titles/${encodeURIComponent(slug)}`,
      changed,
    }));
    const own = first ? standing.map((path): Place => ({ path, changed: null })) : [];
    return c.body(sitemap([...own, ...titles], { origin, languages }), 200, {
      ...KEPT,
      'content-type': 'application/xml; charset=utf-8',
    });
  })
  .get('/robots.txt', allow('anyone'), (c) =>
    c.text(
      [
        'User-agent: *',
        'Disallow: /admin',
        'Disallow: /api/',
        'Disallow: /hls/',
        'Disallow: /search?', // results are without number
        '',
        `Sitemap: ${c.var.platform.settings.origin}${sitemapPath}`,
        '',
      ].join('\n'),
      200,
      { 'cache-control': 'public, max-age=3600' },
    ),
  );
