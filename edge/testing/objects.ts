import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import type { Security } from '../../schema/api/accounts.ts';
import type { CalendarAddress } from '../../schema/api/library.ts';
import type { Play } from '../../schema/api/playback.ts';
import type { Profile } from '../../schema/api/me.ts';
import type { LiveStream } from '../../schema/problem.ts';
import { passkeys } from '../../schema/db/accounts.ts';
import { checkouts } from '../../schema/db/billing.ts';
import { watchToken } from '../ingest/watch-token.ts';
import { ownFiles } from '../platform/cdn.ts';
import { newId } from '../platform/clock.ts';
import { database } from '../platform/db.ts';
import { interrupted } from '../ads/ads.fixture.ts';
import { signIn, type Person } from './people.ts';

/** An object of somebody's, in an address, and what its owner may send about it. */
export type Made = { parameters: Record<string, string>; json?: unknown };

/**
 * Whose the object in a route's address is.
 * `owner`: one account's; nobody else may learn that it is there, whatever their role.
 * `token`: whoever has the address has it; it holds a token that cannot be changed.
 * `everybody`: there is nothing in it that is anybody's.
 */
export type Whose =
  | {
      whose: 'owner';
      make(owner: Person): Promise<Made>;
      /** For a route that says "done" about what is not there either: that it still is there for its owner. */
      untouched?(owner: Person, made: Made): Promise<boolean>;
    }
  | {
      whose: 'token';
      make(owner: Person): Promise<Made>;
      /** What a good one gets: 404 where there is nothing behind it in a test. */
      status: 200 | 404;
    }
  | { whose: 'everybody'; why: string };

let played = 0;
async function play(owner: Person, breaks: number[] = []): Promise<Play> {
  played += 1;
  const { episodeId } = await interrupted(`matrix${played}`, breaks, {
    models: breaks.length > 0 ? ['ads'] : ['free'],
  });
  const live = await owner.ask('GET', '/api/me/streams');
  expect(live.status, `answered ${await live.clone().text()}`).toBe(200);
  const { items } = await live.json<{ items: LiveStream[] }>();
  const answer = await owner.ask('POST', `/api/episodes/${episodeId}/hls`, {
    json: items[0] ? { takeOver: items[0].sessionId } : {}, // a plan has so many streams
    cf: { country: 'JP' } as RequestInitCfProperties,
  });
  expect(answer.status, `answered ${await answer.clone().text()}`).toBe(200);
  return answer.json<Play>();
}
const playToken = ({ masterUrl }: Play) => new URL(masterUrl).pathname.split('/')[2]!;

const profile = async (owner: Person) => {
  const answer = await owner.ask('POST', '/api/me/profiles', {
    json: { name: 'Kotori', avatar: 'koi', ageCeiling: '7' },
  });
  expect(answer.status, `answered ${await answer.clone().text()}`).toBe(201);
  return (await answer.json<Profile>()).id;
};
const ownProfile = (json: unknown): Whose => ({
  whose: 'owner',
  make: async (owner) => ({ parameters: { id: await profile(owner) }, json }),
});
const stream = (json?: unknown) => async (owner: Person) => {
  const { sessionId } = await play(owner);
  return { parameters: { session: sessionId }, json };
};
const plays = async (owner: Person, { parameters }: Made) =>
  (await (await owner.ask('GET', '/api/me/streams')).text()).includes(parameters['session']!);

const passkey = (json?: unknown): Whose => ({
  whose: 'owner',
  make: async (owner) => {
    const id = `passkey-of-${newId('request')}`;
    const row = { id, userId: owner.userId, name: 'A key', publicKey: 'AA', counter: 0, transports: [] };
    await database(env.DB)
      .insert(passkeys)
      .values({ ...row, createdAt: Date.now() });
    return { parameters: { id }, json };
  },
});
const otherDevice = async (owner: Person): Promise<Made> => {
  await signIn(owner.email);
  const { devices } = await (await owner.ask('GET', '/api/me/security')).json<Security>();
  return { parameters: { id: devices.find(({ current }) => !current)!.id } };
};
const early = (more: Record<string, string>): Whose => ({
  whose: 'token',
  make: async () => {
    const token = await watchToken(env.AUTH_SECRET, 'job_00000000', Date.now() + 60_000);
    return { parameters: { token, ...more } };
  },
  status: 404, // there is no such job
});

const ONE_CATALOGUE =
  'the address names a title of the catalogue; what is kept about it is whose the request is';

/**
 * Every route with something in its address, by method and path, but those of people who work here (guards above `viewer`): what is
 * there is the house's, and its guard is all there is to it. A route that is missing here fails guards.test.ts.
 */
export const objects: Record<string, Whose> = {
  'GET /api/titles/:slug': { whose: 'everybody', why: 'the catalogue' },
  'GET /api/titles/:slug/similar': { whose: 'everybody', why: 'the catalogue' },
  'GET /api/episodes/:id': { whose: 'everybody', why: 'the catalogue' },
  'GET /images/:file/:size': { whose: 'everybody', why: 'pictures of the catalogue' },
  'GET /images/:file': { whose: 'everybody', why: 'pictures of the catalogue' },
  'GET /api/episodes/:id/grant': { whose: 'everybody', why: 'decide() says who may play it' },
  'POST /api/episodes/:id/hls': { whose: 'everybody', why: 'decide() says who may play it' },

  'DELETE /api/me/history/:episode': { whose: 'everybody', why: ONE_CATALOGUE },
  'GET /api/me/titles/:title': { whose: 'everybody', why: ONE_CATALOGUE },
  'PUT /api/me/watchlist/:title': { whose: 'everybody', why: ONE_CATALOGUE },
  'DELETE /api/me/watchlist/:title': { whose: 'everybody', why: ONE_CATALOGUE },
  'PUT /api/me/tracks/:title': { whose: 'everybody', why: ONE_CATALOGUE },
  'DELETE /api/me/tracks/:title': { whose: 'everybody', why: ONE_CATALOGUE },

  'GET /api/titles/:slug/offers': { whose: 'everybody', why: ONE_CATALOGUE },
  'POST /api/billing/checkouts/:id/settle': {
    whose: 'owner',
    make: async (owner) => {
      const id = newId('checkout');
      const times = { createdAt: Date.now(), expiresAt: Date.now() + 60_000 };
      await database(env.DB)
        .insert(checkouts)
        .values({ id, userId: owner.userId, subject: id, state: 'over', ...times });
      return { parameters: { id } };
    },
  },

  'GET /api/takedown-notices/:id': {
    whose: 'everybody',
    why: 'the number alone is known to whoever sent it, and says when it was received: nothing of what it says',
  },

  'PATCH /api/me/profiles/:id': ownProfile({ name: 'Suzume' }),
  'DELETE /api/me/profiles/:id': ownProfile({}),
  'POST /api/me/profiles/:id/enter': ownProfile({}),

  'PATCH /api/me/passkeys/:id': passkey({ name: 'Another name' }),
  'DELETE /api/me/passkeys/:id': passkey({}),
  'DELETE /api/me/devices/:id': { whose: 'owner', make: otherDevice },

  'POST /api/playback/:session/heartbeat': { whose: 'owner', make: stream({ position: 1, number: 1 }) },
  'DELETE /api/playback/:session': { whose: 'owner', make: stream(), untouched: plays },
  'DELETE /api/me/streams/:session': { whose: 'owner', make: stream() },

  'GET /hls/:token/key/:period{[0-9]+}': {
    whose: 'token',
    make: async (owner) => ({ parameters: { token: playToken(await play(owner)), period: '0' } }),
    status: 200,
  },
  'GET /hls/:token/breaks/:list{[0-9]+\\.json}': {
    whose: 'token',
    make: async (owner) => ({
      parameters: { token: playToken(await play(owner, [300])), list: '0.json' },
    }),
    status: 200,
  },
  'GET /hls/:token/advert/outside.m3u8': {
    whose: 'token',
    make: async (owner) => ({ parameters: { token: playToken(await play(owner)) } }),
    status: 404, // the token opens a play, not an advertisement
  },
  'POST /hls/:token/seen/:mark{[a-z0-9]+}': {
    whose: 'token',
    make: async (owner) => ({ parameters: { token: playToken(await play(owner)), mark: 'click' } }),
    status: 404, // likewise
  },
  'GET /hls/:token/:file{[a-z0-9-]+\\.m3u8}': {
    whose: 'token',
    make: async (owner) => ({ parameters: { token: playToken(await play(owner)), file: 'master.m3u8' } }),
    status: 200,
  },
  'GET /hls/:token{[^/.]+\\.[^/.]+\\.[^/.]*}/:folder{(?!(?:key|breaks|advert)/)[^/]+}/:rest{.+}': {
    whose: 'token',
    make: async (owner) => ({
      parameters: { token: playToken(await play(owner)), folder: 'v360', rest: '0.m4s' },
    }),
    status: 404, // the tests deliver by a CDN
  },
  'GET /media/:seal/:uri{.+}': {
    whose: 'token',
    make: async () => {
      const keys = JSON.parse(env.PLAYBACK_KEYS) as Record<string, string>;
      const seal = await ownFiles('https://engawa.test', keys).sign('hls/ast_1/', Date.now() + 60_000);
      return { parameters: { seal, uri: 'v360/0.m4s' } };
    },
    status: 404, // likewise
  },
  'GET /api/calendar/:token': {
    whose: 'token',
    make: async (owner) => {
      const answer = await owner.ask('GET', '/api/me/calendar');
      const { path } = await answer.json<CalendarAddress>();
      return { parameters: { token: path.replace(/^\/calendar\/|\.ics$/g, '') } };
    },
    status: 200,
  },
  'GET /hls/early/:token/key/:period{[0-9]+}': early({ period: '0' }),
  'GET /hls/early/:token/:file{[a-z0-9-]+\\.m3u8}': early({ file: 'master.m3u8' }),
};
