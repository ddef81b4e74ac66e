import { Hono, type Context } from 'hono';
import {
  EnteredProfile,
  EnterProfile,
  NewProfile,
  Profile,
  ProfileChange,
  ProfileId,
  ProfileProof,
  Profiles,
} from '../../../schema/api/me.ts';
import type { AppEnv } from '../../http/context.ts';
import { accepts, returns } from '../../http/contract.ts';
import { allow, signedIn } from '../../http/guards.ts';
import { Problem } from '../../http/problem.ts';
import { bearerToken } from '../identity.ts';
import { changeProfile, makeProfile, profileNamed, removeProfile } from './change-profiles.ts';
import { chooseProfile, householdOf, profileClaim } from './current-profile.ts';
import { claimFor, profileCookie } from './profile-claim.ts';
import { rightPin } from './proof.ts';
import type { ProfileRow } from './queries/profiles.ts';

/** A profile as its account sees it: never its PIN. */
const shown = (row: ProfileRow, current: boolean): Profile => ({
  id: row.id,
  name: row.name,
  avatar: row.avatar,
  ageCeiling: row.ageCeiling,
  locked: row.pinHash !== null,
  preferences: row.preferences,
  current,
});

/** Whose request it is, the account's profiles, and the one that the request is in, if any. */
async function household(c: Context<AppEnv>) {
  const { platform } = c.var;
  const { headers } = c.req.raw;
  const actor = signedIn(await c.var.actor());
  const [profiles, claim] = await Promise.all([
    householdOf(platform, actor),
    profileClaim(headers, platform, actor.userId),
  ]);
  const choice = chooseProfile(profiles, claim);
  c.header('cache-control', 'no-store');
  return { actor, profiles, currentId: 'profile' in choice ? choice.profile.id : null };
}

/** From now on this browser is in that profile; whoever brings a bearer token brings the claim as well. */
async function enter(c: Context<AppEnv>, userId: string, row: ProfileRow) {
  const { platform } = c.var;
  const entered = await claimFor(platform, userId, row);
  const seconds = Math.floor((entered.until - platform.now()) / 1000);
  if (!bearerToken(c.req.raw.headers))
    c.header('set-cookie', profileCookie(platform.settings.origin, entered.claim, seconds), { append: true });
  return entered;
}

/** Who of the household watches. */
export const profileRoutes = new Hono<AppEnv>()
  .get(
    '/api/me/profiles',
    allow('viewer'),
    returns('The account’s profiles, oldest first; there is always one', { 200: Profiles }),
    async (c) => {
      const { profiles, currentId } = await household(c);
      return c.json({ items: profiles.map((row) => shown(row, row.id === currentId)) }, 200);
    },
  )
  .post(
    '/api/me/profiles',
    allow('viewer'),
    accepts('json', NewProfile),
    returns('Makes a profile, five at most', { 201: Profile }),
    async (c) => {
      const { actor } = await household(c);
      const made = await makeProfile(c, actor, c.req.valid('json'));
      return c.json(shown(made, false), 201);
    },
  )
  .post(
    '/api/me/profiles/leave',
    allow('viewer'),
    returns('Leaves the current profile, so that a locked one asks for its PIN again', { 204: null }),
    (c) => {
      c.header('set-cookie', profileCookie(c.var.platform.settings.origin, '', 0), { append: true });
      return c.body(null, 204);
    },
  )
  .patch(
    '/api/me/profiles/:id',
    allow('viewer'),
    accepts('param', ProfileId),
    accepts('json', ProfileChange),
    returns('Changes a profile; what would let somebody see more needs proof', { 200: Profile }),
    async (c) => {
      const { actor, currentId } = await household(c);
      const { id } = c.req.valid('param');
      const row = await changeProfile(c, actor, id, c.req.valid('json'));
      // Whoever sets a PIN on the profile they are in stays in it.
      if (id === currentId && c.req.valid('json').pin !== undefined) await enter(c, actor.userId, row);
      return c.json(shown(row, id === currentId), 200);
    },
  )
  .delete(
    '/api/me/profiles/:id',
    allow('viewer'),
    accepts('param', ProfileId),
    accepts('json', ProfileProof),
    returns('Deletes a profile and how far it has come; never the last one', { 204: null }),
    async (c) => {
      const { actor } = await household(c);
      await removeProfile(c, actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  )
  .post(
    '/api/me/profiles/:id/enter',
    allow('viewer'),
    accepts('param', ProfileId),
    accepts('json', EnterProfile),
    returns('Enters a profile, with its PIN where it has one', { 200: EnteredProfile }),
    async (c) => {
      const { actor, profiles } = await household(c);
      const row = profileNamed(profiles, c.req.valid('param').id);
      const { pin } = c.req.valid('json');
      if (row.pinHash !== null) {
        if (pin === undefined) throw new Problem('pin-required');
        await rightPin(c, row, pin);
      }
      const entered = await enter(c, actor.userId, row);
      return c.json({ profile: shown(row, true), ...entered }, 200);
    },
  );
