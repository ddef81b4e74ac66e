import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { episodeWith, worldWide } from './playback/playback.fixture.ts';
import { call } from './testing/call.ts';
import { person, type Person } from './testing/people.ts';
import { addressOf, pagePaths } from './testing/routes.ts';

/*
 * Every page, as everybody: what its Content-Security-Policy lets through, and that nothing in the document needs more. What Chromium
 * says of it is in e2e/pages.test.ts: there a single refusal fails.
 */
const PARAMETERS: Record<string, Record<string, string>> = {
  '/titles/:slug': { slug: 'policy' },
  '/watch/:episode': { episode: 'ep_policy' },
  '/watch/:episode/ways': { episode: 'ep_policy' },
  '/legal/:text': { text: 'terms' },
};
const addresses = pagePaths
  .filter((path) => !path.includes('{'))
  .map((path) => [addressOf({ path }, PARAMETERS[path]).replace('*', 'jobs'), path] as const);

const people: Record<string, Person | null> = { stranger: null };
beforeAll(async () => {
  await episodeWith('policy', [worldWide]);
  const [viewer, admin] = await Promise.all([person('policy-viewer'), person('policy-admin', 'admin')]);
  Object.assign(people, { viewer, admin });
});

const directives = (policy: string): Map<string, string[]> =>
  new Map(
    policy.split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ');
      return [name, sources];
    }),
  );

describe('the policy of every page', () => {
  it('is looked at for every address', () => {
    expect(addresses.length).toBeGreaterThan(6);
    for (const [address, path] of addresses)
      expect(address.includes('/0'), `Say in PARAMETERS what stands in ${path}.`).toBe(false);
  });

  it.each([...addresses, ['/nothing/here', 'a problem'], ['/titles/no-such-title', 'a problem']] as const)(
    '%s',
    async (address) => {
      for (const [who, somebody] of Object.entries(people)) {
        const answer = await (somebody ? somebody.ask('GET', address) : call('GET', address));
        const { status, headers } = answer;
        const html = await answer.text();
        expect([200, 303, 403, 404], `${who} got ${status}`).toContain(status);
        const isPage = headers.get('content-type')?.startsWith('text/html') ?? false;
        const policy = directives(headers.get('content-security-policy')!);
        expect(policy.get('default-src')).toEqual(["'none'"]);
        expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
        expect(policy.get('base-uri') ?? ["'none'"]).toEqual(["'none'"]);
        expect(policy.get('form-action') ?? ["'self'"]).toEqual(["'self'"]);
        expect(policy.has('upgrade-insecure-requests')).toBe(isPage);
        // Two exceptions, where there is the player: the styles of its controls (ADR 0021), and WebAssembly for libass (ADR 0059).
        const unsafe = [...policy].filter(([, sources]) =>
          sources.some((source) => source.includes('unsafe')),
        );
        const watches = address.startsWith('/watch/') && status === 200;
        const allowed = [
          ['script-src', ["'self'", "'wasm-unsafe-eval'"]],
          ['style-src', ["'self'", "'unsafe-inline'"]],
        ];
        expect(unsafe).toEqual(watches ? allowed : []);
        const scripts = (policy.get('script-src') ?? ["'self'"]).filter(
          (source) => !source.includes('unsafe'),
        );
        expect(scripts).toEqual(["'self'"]);
        expect(headers.get('cross-origin-opener-policy')).toBe(isPage ? 'same-origin' : null);
        expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
        const kept = headers.get('cache-control') ?? 'private';
        expect(kept).toContain(address === '/robots.txt' ? 'public' : 'private'); // the same for everybody, or for one

        for (const [, attributes = ''] of html.matchAll(/<script([^>]*)>/g))
          expect(attributes).toMatch(/ src="\/assets\/|type="application\/(ld\+)?json"/);
        expect(html).not.toMatch(/\son[a-z]+="|javascript:|<style|\sstyle="|<iframe|<object|<embed|<base\b/);
        const elsewhere = [...html.matchAll(/\s(?:src|href|action|poster)="(https?:\/\/[^"/]+)/g)]
          .map(([, origin]) => origin)
          .filter((origin) => origin !== env.PUBLIC_ORIGIN);
        expect(elsewhere).toEqual([]);
      }
    },
  );
});
