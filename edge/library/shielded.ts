import { sql } from 'drizzle-orm';
import type { Context, MiddlewareHandler } from 'hono';
import { profileIfAny, type ProfileRow } from '../accounts/me/in-profile.ts';
import type { Actor, AppEnv } from '../http/context.ts';
import { reachedIn } from './queries/history.ts';
import { cardsIn, shieldAll, shieldFor } from './shield.ts';
import { ofProfile, unwrittenOf, withUnwritten } from './unwritten.ts';

/**
 * For routes of the catalogue that answer with episodes, before `cached()`: what comes out of the cache is the same for everybody, and
 * what a profile with the spoiler shield gets of it is its own, and is kept nowhere. Whoever is not signed in pays nothing; who is, one
 * round trip to D1 beside the answer; behind a shield, one more for what was watched.
 */
export function shielded(): MiddlewareHandler<AppEnv> {
  return async function shielded(c, next) {
    const actor = await c.var.actor();
    if (!actor) return next();
    const asked = profileIfAny(c.var.platform, actor, c.req.raw.headers);
    // A 304 would let the browser show what it was sent before the shield was on. (RFC 9110 §13.1.2)
    if (c.req.header('if-none-match') !== undefined && isOn(await asked)) withoutCondition(c);
    const [profile] = await Promise.all([asked, next()]);
    if (profile && isOn(profile) && c.res.ok) await shieldAnswer(c, actor, profile);
  };
}

const isOn = (profile: ProfileRow | null): boolean => profile?.preferences.shield === true;

function withoutCondition(c: Context<AppEnv>): void {
  const headers = new Headers(c.req.raw.headers);
  headers.delete('if-none-match');
  c.req.raw = new Request(c.req.raw, { headers });
}

async function shieldAnswer(c: Context<AppEnv>, actor: Actor, profile: ProfileRow): Promise<void> {
  const { platform } = c.var;
  const answer = await c.res.json<unknown>();
  const [known, unwritten] = await Promise.all([
    reachedIn(platform.db, sql`${profile.id}`, [...new Set(cardsIn(answer))]),
    unwrittenOf(platform, actor.userId),
  ]);
  const shield = shieldFor(true, withUnwritten(known, ofProfile(unwritten, profile.id)));
  c.res = new Response(JSON.stringify(shieldAll(answer, shield)), c.res);
  c.res.headers.delete('etag');
  c.res.headers.delete('content-length');
  c.res.headers.set('cache-control', 'private, no-store');
}
