import { env } from 'cloudflare:workers';
import { hashPassword } from 'better-auth/crypto';
import { expect } from 'vitest';
import type { Role } from '../../../schema/api/accounts.ts';
import type { EnteredProfile, Profile } from '../../../schema/api/me.ts';
import { credentials, users } from '../../../schema/db/accounts.ts';
import { seasons, titles } from '../../../schema/db/catalog.ts';
import type { Id } from '../../../schema/ids.ts';
import { database } from '../../platform/db.ts';
import { newId } from '../../platform/clock.ts';
import { call, type CallInit } from '../../testing/call.ts';
import { issueToken, TOOL_MS } from '../tokens.ts';
import type * as v from 'valibot';

export const db = database(env.DB);
export const password = 'correct horse battery';
const hashes = new Map<string, Promise<string>>();

export type Somebody = Awaited<ReturnType<typeof somebody>>;

/** An account of its own for one test, with a token for tools; `secret` null: it has no password. */
export async function somebody({
  role = 'viewer',
  secret = password,
}: { role?: Role; secret?: string | null } = {}) {
  const userId = newId('user');
  const at = new Date();
  const email = `${userId}@engawa.test`;
  const row = { name: 'Mio Akiyama', email, emailVerified: true, role };
  await db.insert(users).values({ id: userId, ...row, createdAt: at, updatedAt: at });
  if (secret !== null) {
    if (!hashes.has(secret)) hashes.set(secret, hashPassword(secret));
    await db.insert(credentials).values({
      id: crypto.randomUUID(),
      accountId: userId,
      providerId: 'credential',
      userId,
      password: (await hashes.get(secret))!,
      createdAt: at,
      updatedAt: at,
    });
  }
  const { token } = await issueToken(
    env.PUBLIC_ORIGIN,
    env.AUTH_SIGNING_KEY,
    { userId, ...row, provedAt: at.getTime() },
    Date.now(),
    TOOL_MS,
  );
  const ask = (method: string, path: string, json?: unknown, init: CallInit = {}) =>
    call(method, path, { token, ...(json === undefined ? {} : { json }), ...init });
  const profiles = async (init: CallInit = {}) =>
    (await (await ask('GET', '/api/me/profiles', undefined, init)).json<{ items: Profile[] }>()).items;
  const add = async (json: Record<string, unknown>) => {
    const answer = await ask('POST', '/api/me/profiles', { name: 'Somebody', avatar: 'koi', ...json });
    expect(answer.status).toBe(201);
    return answer.json<Profile>();
  };
  /** The header of somebody who entered that profile. */
  const entered = async (id: string, pin?: string) => {
    const answer = await ask('POST', `/api/me/profiles/${id}/enter`, pin ? { pin } : {});
    expect(answer.status).toBe(200);
    const { claim } = await answer.json<v.InferOutput<typeof EnteredProfile>>();
    return { headers: { 'engawa-profile': claim } };
  };
  return { userId, email, token, ask, profiles, add, entered };
}

/** The code of a problem, or the status of what is none. */
export const codeOf = async (answer: Response | Promise<Response>): Promise<string | number> => {
  const got = await answer;
  return got.status < 400 ? got.status : (await got.json<{ code: string }>()).code;
};

/** An episode that can be watched about, and so many plays and episodes that somebody watched. */
export async function watched(userId: string, profileId: Id<'profile'>, count: number): Promise<void> {
  const at = Date.now();
  const titleId = newId('title');
  const seasonId = newId('season');
  const times = { createdAt: at, updatedAt: at };
  await db.insert(titles).values({
    id: titleId,
    slug: titleId,
    kind: 'series',
    nameMain: 'Umibe no Natsu',
    status: 'finished',
    ageRating: 'all',
    ...times,
  });
  await db.insert(seasons).values({ id: seasonId, titleId, number: 1 });
  // Lists go in as one JSON parameter: a statement takes a hundred of them.
  const rows = JSON.stringify(
    Array.from({ length: count }, (_, i) => ({
      n: i + 1,
      episode: newId('episode'),
      play: newId('playback'),
    })),
  );
  const each = (into: string, select: string, ...values: unknown[]) =>
    env.DB.prepare(`insert into ${into} select ${select} from json_each(?1)`).bind(rows, ...values);
  await env.DB.batch([
    each(
      'episodes (id, title_id, season_id, season, number, created_at, updated_at)',
      "value ->> 'episode', ?2, ?3, 1, value ->> 'n', ?4, ?4",
      titleId,
      seasonId,
      at,
    ),
    each(
      'progress (profile_id, episode_id, title_id, position, duration, completed, at)',
      "?2, value ->> 'episode', ?3, 61.5, 1440, 0, ?4",
      profileId,
      titleId,
      at,
    ),
    each(
      'plays (id, user_id, title_id, episode_id, licence_id, country, started_at, last_at, periods, seconds)',
      "value ->> 'play', ?2, ?3, value ->> 'episode', 'lic_0test', 'JP', ?4, ?4, 2, 120",
      userId,
      titleId,
      at,
    ),
  ]);
}
