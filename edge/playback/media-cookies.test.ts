import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Play } from '../../schema/api/playback.ts';
import app from '../app.ts';
import { offersCookies } from './media-cookies.ts';
import { episodeWith, viewerWith, worldWide } from './playback.fixture.ts';

const settings = (
  cookieDomain: string,
  origin = 'https://anime.test',
  cdnOrigin = 'https://media.anime.test',
) => ({
  origin,
  cdnOrigin,
  cookieDomain,
});

it('are offered where site and CDN both belong to the domain, and nowhere else', () => {
  expect(offersCookies(settings('anime.test'))).toBe(true);
  expect(offersCookies(settings(''))).toBe(false);
  expect(offersCookies(settings('nime.test'))).toBe(false);
  expect(offersCookies(settings('media.anime.test'))).toBe(false);
  expect(offersCookies(settings('anime.test', 'https://anime.test', 'https://d111.cloudfront.net'))).toBe(
    false,
  );
  expect(offersCookies(settings('localhost', 'http://localhost:1', 'http://localhost:2'))).toBe(true);
});

describe('a play', () => {
  const shared = { CDN_COOKIE_DOMAIN: 'engawa.test', CDN_ORIGIN: 'https://media.engawa.test' };
  const ask = async (path: string, bindings: Partial<Env>, init: RequestInit = {}) => {
    const context = createExecutionContext();
    const request = new Request(new URL(path, env.PUBLIC_ORIGIN), init);
    const answer = await app.fetch(request, { ...env, ...bindings }, context);
    await waitOnExecutionContext(context);
    return answer;
  };
  const start = async (name: string, bindings: Partial<Env>, body: object) => {
    const { episodeId, pkg } = await episodeWith(name, [worldWide]);
    const { token } = await viewerWith(name, 2);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await ask(`/api/episodes/${episodeId}/hls`, bindings, init);
    expect(answer.status).toBe(200);
    const play = v.parse(Play, await answer.json());
    const list = await ask(play.masterUrl.replace('master', 'v360'), bindings);
    return {
      play,
      pkg,
      cookies: answer.headers.getSetCookie(),
      list: new TextDecoder().decode(await list.arrayBuffer()),
    };
  };

  it('of a player that keeps cookies gets them, and playlists with bare addresses', async () => {
    const { play, pkg, cookies, list } = await start('kept', shared, { cookies: true });
    expect(play.credentials).toBe(true);
    const names = cookies.map((line) => line.split('=')[0]);
    expect(new Set(names)).toEqual(
      new Set([
        'CloudFront-Hash-Algorithm',
        'CloudFront-Key-Pair-Id',
        'CloudFront-Policy',
        'CloudFront-Signature',
      ]),
    );
    for (const line of cookies) {
      const [, ...attributes] = line.split('; ');
      expect(attributes).toEqual([
        'Domain=engawa.test',
        `Path=/${pkg.prefix}`,
        expect.stringMatching(/^Max-Age=\d+$/),
        'HttpOnly',
        'SameSite=Strict',
        'Secure',
      ]);
      const seconds = Number(/Max-Age=(\d+)/.exec(line)![1]);
      expect(Date.now() + seconds * 1000).toBeGreaterThan(play.until); // a pause never outlasts them
    }
    const policy = /CloudFront-Policy=([^;]+)/.exec(cookies.join('\n'))![1]!;
    const text = atob(policy.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'));
    expect(JSON.parse(text)).toMatchObject({
      Statement: [{ Resource: `https://media.engawa.test/${pkg.prefix}*` }],
    });
    expect(list).toContain(`\nhttps://media.engawa.test/${pkg.prefix}v360/0.m4s\n`);
    expect(list).not.toContain('Signature=');
  });

  it.each<[string, Partial<Env>, object]>([
    ['does not say that it keeps them', shared, {}],
    ['is on a site that shares no domain with the CDN', {}, { cookies: true }],
    ['gets its files from the edge', { ...shared, DELIVERY: 'edge' }, { cookies: true }],
  ])('of a player that %s gets none', async (what, bindings, body) => {
    const { play, cookies, list } = await start(
      what.replaceAll(/\W/g, '').slice(-20).toLowerCase(),
      bindings,
      body,
    );
    expect(play.credentials).toBe(false);
    expect(cookies.filter((line) => line.startsWith('CloudFront'))).toEqual([]);
    expect(list.includes('Signature=')).toBe(bindings.DELIVERY !== 'edge');
  });
});
