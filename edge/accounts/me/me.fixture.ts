import { env } from 'cloudflare:workers';
import { hashPassword } from 'better-auth/crypto';
import { expect } from 'vitest';
import type { Role } from '../../../schema/api/accounts.ts';
import type { EnteredProfile, Profile } from '../../../schema/api/me.ts';
import { credentials, users } from '../../../schema/db/accounts.ts';
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
    { userId, ...row },
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
