import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveStream } from '../schema/problem.ts';
import type { Play } from '../schema/api/playback.ts';
import { episodeWith, worldWide } from './playback/playback.fixture.ts';
import { call } from './testing/call.ts';
import { dice, taken } from './testing/hostile.ts';
import { person, PASSWORD, signIn, type Person } from './testing/people.ts';
import { addressOf, routes } from './testing/routes.ts';

/* No token, no mail address and no secret of anybody's in any log, whatever goes well or wrong. */

let admin: Person;
let play: Play;
const lines: string[] = [];
/** What must stand in no line: the person's address, password and PIN, their tokens and cookies, and those of their play. */
const secrets = (): string[] => [
  ...admin.cookie.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1)),
  admin.email,
  encodeURIComponent(admin.email),
  admin.token,
  PASSWORD,
  '9753',
  new URL(play.masterUrl).pathname.split('/')[2]!,
];
const told = (): string[] => lines.filter((line) => secrets().some((secret) => line.includes(secret)));

beforeAll(async () => {
  admin = await person('logged-admin', 'admin');
  const { episodeId } = await episodeWith('logged', [worldWide]);
  const cf = { country: 'JP' } as RequestInitCfProperties;
  play = await (await admin.ask('POST', `/api/episodes/${episodeId}/hls`, { json: {}, cf })).json<Play>();
});
beforeEach(() => {
  lines.length = 0;
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation(
      (...words: unknown[]) => void lines.push(words.map(String).join(' ')),
    );
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a log', () => {
  it('has none of it where all goes well, or somebody is wrong', async () => {
    const { email } = admin;
    const { pathname } = new URL(play.masterUrl);
    await call('POST', '/api/auth/sign-up', { json: { name: 'Again', email, password: PASSWORD } });
    await call('POST', '/api/auth/sign-in', { json: { email, password: 'not the password' } });
    await call('POST', '/api/auth/code', { json: { email } });
    await call('POST', '/api/auth/sign-in/code', { json: { email, code: '975318' } });
    await call('POST', '/api/auth/reset', { json: { email } });
    await signIn(email);
    await admin.ask('POST', '/api/auth/token');
    await admin.ask('POST', '/api/me/profiles', {
      json: { name: 'P', avatar: 'koi', ageCeiling: '7', pin: '9753' },
    });
    await admin.ask('GET', `/api/admin/users?email=${encodeURIComponent(email)}`);
    await call('GET', pathname);
    await call('GET', pathname.replace('master.m3u8', 'key/0'));
    await call('GET', pathname.replace(/.{9}\/master/, '/master'));
    await call('GET', '/api/me', { token: `${admin.token}x` });
    const { items } = await (await admin.ask('GET', '/api/me/streams')).json<{ items: LiveStream[] }>();
    expect(items).toHaveLength(1);
    expect(told()).toEqual([]);
  });

  const d = dice(7);
  it.each(routes.map((route) => [route.key, route] as const))(
    'has none of it where the database does not answer: %s',
    async (_, route) => {
      const { email } = admin;
      // Drizzle's errors list the parameters of the query, and D1's may quote them.
      const away = () =>
        Promise.reject(new Error(`D1_ERROR: no answer about '${email}' with ${admin.token}`));
      const statement: D1PreparedStatement = {
        bind: () => statement,
        raw: away,
        all: away,
        run: away,
        first: away,
      };
      vi.spyOn(env.DB, 'prepare').mockReturnValue(statement);
      vi.spyOn(env.DB, 'batch').mockImplementation(away);
      const { json } = route.contract.accepts;
      const body = json ? (taken(json, d) as object) : undefined;
      const path = addressOf(route, { id: 'ttl_00000000', slug: email, token: admin.token });
      const init = body ? { json: 'email' in body ? { ...body, email } : body } : {};
      // A document that was begun breaks off: its connection does, so that no half passes for a whole.
      const [status, requestId, text] = await admin
        .ask(route.method, `${path}?email=${encodeURIComponent(email)}`, init)
        .then(
          async (answer) => [answer.status, answer.headers.get('x-request-id'), await answer.text()] as const,
        )
        .catch((error: unknown) => [200, '', String(error)] as const);
      expect(text).not.toMatch(/D1_|SQL|\.ts:\d|\n\s+at /);
      expect(told()).toEqual([]);
      // What went wrong can be found by the id that the answer names.
      expect(status !== 500 || lines.some((line) => line.includes(requestId!))).toBe(true);
    },
  );
});
