import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEpisode, AdminTitle, NewTitle } from '../../schema/api/editing.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { contentSecurityPolicy } from './policy.ts';

const HOSTILE = '</script><script>alert(1)</script><!--';
const made = { slug: '', playable: '', coming: '' };

beforeAll(async () => {
  const token = await bearer('editor');
  const send = async <T>(method: string, path: string, json: unknown) =>
    (await call(method, path, { token, json })).json<T>();
  const title = await send<AdminTitle>('POST', '/api/admin/titles', {
    names: { main: `Kaze no Iro ${HOSTILE}`, native: '風の色' },
    slug: 'kaze-no-iro',
    synopsis: { en: 'A wind looks for its colour.', ja: '風が色を探している。' },
  } satisfies NewTitle);
  await call('POST', `/api/admin/titles/${title.id}/licences`, {
    token,
    json: { territories: { mode: 'exclude', countries: [] }, startsAt: null, endsAt: null },
  });
  const episode = (number: number, name: string) =>
    send<AdminEpisode>('PUT', `/api/admin/titles/${title.id}/seasons/1/episodes/${number}`, { name });
  const [first, second] = [await episode(1, 'The First Gust'), await episode(2, 'Calm')];
  // As publish leaves an episode; publish itself belongs to ingest.
  await env.DB.prepare(
    `UPDATE episodes SET asset_id = 'ast_00test', published_at = 1, duration = 1430 WHERE id = ?`,
  )
    .bind(first.id)
    .run();
  Object.assign(made, { slug: title.slug, playable: first.id, coming: second.id });
});

const page = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await call('GET', path, { headers });
  return { answer, html: await answer.text() };
};
/** What a reader sees without any script. */
const words = (html: string) =>
  html
    .replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
describe('documents', () => {
  it('shows the home page with real content, before any script', async () => {
    const { answer, html } = await page('/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    expect(answer.headers.get('vary')).toBe('Cookie, Accept-Language');
    expect(words(html)).toContain('Kaze no Iro');
    expect(words(html)).toContain('The First Gust');
    expect(html).toContain(`href="/watch/${made.playable}"`);
  });

  it('shows a title with what plays and what is in preparation', async () => {
    const { answer, html } = await page(`/titles/${made.slug}`);
    expect(answer.status).toBe(200);
    expect(words(html)).toContain('A wind looks for its colour.');
    expect(html).toContain('<p class="stage__native" lang="ja">風の色</p>');
    expect(html).toContain(`href="/watch/${made.playable}"`);
    expect(html).not.toContain(`href="/watch/${made.coming}"`);
    expect(words(html)).toMatch(/Calm In preparation/);
  });

  it('asks people who are not signed in to do so on the watch page, and comes back there', async () => {
    const { answer, html } = await page(`/watch/${made.playable}`);
    expect(answer.status).toBe(200);
    expect(words(html)).toContain('Sign in to watch');
    expect(html).toContain(`href="/sign-in?next=%2Fwatch%2F${made.playable}"`);
  });

  it('says so where an episode is not ready', async () => {
    const { html } = await page(`/watch/${made.coming}`);
    expect(words(html)).toContain('This episode is still being prepared');
  });

  it.each(['/sign-in', '/sign-up'])('%s has a form whose fields are labelled', async (path) => {
    const { answer, html } = await page(`${path}?next=/watch/ep_1`);
    expect(answer.status).toBe(200);
    for (const [, id] of html.matchAll(/<input id="([^"]+)"/g))
      expect(html).toMatch(new RegExp(`<label [^>]*for="${id}"`));
    expect(html).toContain('<meta name="robots" content="noindex"/>');
  });

  it('speaks the language that the browser asks for', async () => {
    const { html } = await page(`/titles/${made.slug}`, { 'accept-language': 'ja-JP,ja;q=0.9,en;q=0.5' });
    expect(html).toMatch(/^<!doctype html><html lang="ja"/);
    expect(words(html)).toContain('風が色を探している。');
    expect(words(html)).toContain('準備中');
  });
});

describe('people who are signed in', () => {
  const email = 'page-reader@engawa.test';
  let cookie = '';
  beforeAll(async () => {
    const person = { name: 'Natsu', email, password: 'a-long-password' };
    await call('POST', '/api/auth/sign-up', { json: person });
    const answer = await call('POST', '/api/auth/sign-in', { json: person });
    cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  });

  it('are named in the header, and get the player', async () => {
    const { html } = await page(`/watch/${made.playable}`, { cookie });
    expect(words(html)).toContain('Natsu');
    expect(html).toContain('class="player" data-state="idle"');
    expect(words(html)).not.toContain('Sign in to watch');
  });

  it.each([
    ['/sign-in?next=%2Fwatch%2Fep_1%3Ft%3D3', '/watch/ep_1?t=3'],
    ['/sign-in?next=%2F%2Fevil.example', '/'],
    ['/sign-up?next=https%3A%2F%2Fevil.example', '/'],
  ])('%s sends them on to %s', async (path, next) => {
    const { answer } = await page(path, { cookie });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(next);
  });

  it('are refused the dashboard in words, unless they work there', async () => {
    const { answer, html } = await page('/admin/titles', { cookie });
    expect(answer.status).toBe(403);
    expect(words(html)).toContain('Your account does not open this door');
    await env.DB.prepare(`UPDATE users SET role = 'editor' WHERE email = ?`).bind(email).run();
    const again = await call('POST', '/api/auth/sign-in', { json: { email, password: 'a-long-password' } });
    const editor = again.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const desk = await page('/admin/titles', { cookie: editor });
    expect(desk.answer.status).toBe(200);
    expect(desk.html).toContain('data-mood="desk"');
    // Editors upload to the store, and watch what is encoded so far.
    const policy = desk.answer.headers.get('content-security-policy');
    expect(policy).toMatch(new RegExp(`connect-src 'self' .*${env.CDN_ORIGIN} ${env.S3_ENDPOINT};`));
    expect(policy).toContain(`media-src 'self' blob: data: ${env.CDN_ORIGIN};`);
    expect(policy).toMatch(new RegExp(`img-src 'self' data: blob: .*${env.CDN_ORIGIN};`));
  });

  it('get the cookies that the API renews on the way', async () => {
    // The session cookie alone: the access token is made anew by the first call that needs it.
    const session = cookie.split('; ').find((pair) => pair.includes('engawa-session='))!;
    const { answer, html } = await page('/', { cookie: session });
    expect(words(html)).toContain('Natsu');
    expect(answer.headers.getSetCookie().some((line) => /^(__Host-)?engawa=/.test(line))).toBe(true);
  });
});

describe('what cannot be shown', () => {
  it.each([
    '/nothing/here',
    '/titles/no-such-title',
    '/watch/ep_00000nothing',
    '/watch/not-an-id',
    `/titles/${'x'.repeat(200)}`,
  ])('%s is a page that says so, with its status', async (path) => {
    const { answer, html } = await page(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(words(html)).toContain('There is nothing here');
    expect(html).toContain('<meta name="robots" content="noindex"/>');
  });

  it('sends strangers who want the dashboard to the sign-in page, and back', async () => {
    const { answer } = await page('/admin/jobs?state=failed');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/sign-in?next=%2Fadmin%2Fjobs%3Fstate%3Dfailed');
  });

  it.each(['/api', '/api/nothing', '/hls/nothing', '/images/nothing', '/.well-known/nothing'])(
    '%s stays a problem document',
    async (path) => {
      const answer = await call('GET', path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    },
  );
});

describe('what a page may do', () => {
  it('runs scripts from our own files only', async () => {
    const { answer, html } = await page('/');
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    for (const [, attributes] of html.matchAll(/<script([^>]*)>/g))
      expect(attributes).toMatch(/ src="\/assets\/|type="application\/(ld\+)?json"/);
    expect(html).not.toMatch(/\son[a-z]+="|javascript:|<style|\sstyle="/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('may fetch media on the watch page only', async () => {
    const settings = {
      origin: 'https://engawa.example',
      cdnOrigin: 'https://cdn.example',
      uploadOrigin: 'https://s3.example',
      adOrigins: ['https://adverts.example'],
    };
    expect(contentSecurityPolicy('reading', settings)).toContain("media-src 'none'");
    expect(contentSecurityPolicy('reading', settings)).not.toContain('cdn.example');
    for (const page of ['reading', 'dashboard'] as const)
      expect(contentSecurityPolicy(page, settings)).not.toContain('adverts.example');
    for (const rule of [
      /connect-src [^;]* https:\/\/adverts\.example;/,
      /media-src [^;]* https:\/\/adverts\.example;/,
    ])
      expect(contentSecurityPolicy('watching', settings)).toMatch(rule);
    expect(contentSecurityPolicy('watching', settings)).toContain(
      "media-src 'self' blob: data: https://cdn.example",
    );
    expect(contentSecurityPolicy('watching', settings)).not.toContain('s3.example');
    expect(contentSecurityPolicy('watching', settings)).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
  });

  it('is not left by a name that ends a script', async () => {
    const { html } = await page(`/titles/${made.slug}`);
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<script\b/g)).toHaveLength(html.match(/<\/script>/g)!.length);
    expect(html).not.toContain('id="wake"'); // a page of plain HTML carries no data
    const whole = await page(`/watch/${made.playable}`);
    const [, sent] = /<script id="wake" type="application\/json">([\s\S]*?)<\/script>/.exec(whole.html)!;
    expect(JSON.parse(sent!)).toMatchObject({
      page: 'watch',
      data: { title: { names: { main: `Kaze no Iro ${HOSTILE}` } } },
    });
  });

  it('names its one address, and what it shows to others', async () => {
    const { html } = await page(`/titles/${made.slug}?utm=1`);
    expect(html).toContain(`<link rel="canonical" href="${env.PUBLIC_ORIGIN}/titles/kaze-no-iro"/>`);
    expect(html).toContain('<meta property="og:type" content="video.tv_show"/>');
    const [, data] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)!;
    expect(JSON.parse(data!)).toMatchObject([
      { '@type': 'TVSeries', alternateName: ['風の色'] },
      { '@type': 'BreadcrumbList' },
    ]);
  });
});
