import { Hono } from 'hono';
import { Me } from '../../../schema/api/accounts.ts';
import { Invite, InviteId, NewInvite, OwnInvite, Staff } from '../../../schema/api/people.ts';
import type { AppEnv } from '../../http/context.ts';
import { accepts, returns } from '../../http/contract.ts';
import { allow, recent, signedIn } from '../../http/guards.ts';
import { limited } from '../../http/limits.ts';
import { Problem } from '../../http/problem.ts';
import { masked } from '../masked.ts';
import { meOf } from '../signing-in.ts';
import { inviteMail } from './invite-mail.ts';
import { inviteTo, openInvites, putInvite, removeInvite, staffRows, takeInvite } from './staff-queries.ts';

const STAFF_SHOWN = 200;
const WEEK_MS = 7 * 86_400_000;
const hidden = (invite: Invite): Invite => ({ ...invite, email: masked(invite.email) });

/** Who works here, and asking others to. */
export const staffRoutes = new Hono<AppEnv>()
  .get(
    '/api/admin/staff',
    allow('admin'),
    returns('Who works here, when they were seen last, and who is invited', { 200: Staff }),
    async (c) => {
      const { db, settings, now } = c.var.platform;
      const [rows, invites] = await Promise.all([staffRows(db, STAFF_SHOWN), openInvites(db, now())]);
      const none = { planId: null, planUntil: null };
      const items = rows.map((row) => ({ ...row, ...none, email: masked(row.email) }));
      c.header('cache-control', 'no-store');
      return c.json(
        { items, invites: invites.map(hidden), secondFactorRequired: settings.staffSecondFactor },
        200,
      );
    },
  )
  .post(
    '/api/admin/staff/invites',
    allow('admin'),
    recent(),
    accepts('json', NewInvite),
    limited('mail', 'email'),
    returns('Offers somebody a role by mail, for a week', { 201: Invite }),
    async (c) => {
      const { db, settings, mailer, now, newId } = c.var.platform;
      if (settings.authIssuer)
        throw new Problem('conflict', `Roles are given at ${settings.authIssuer}, in the claim \`role\`.`);
      const { userId, name } = signedIn(await c.var.actor());
      const { email, role } = c.req.valid('json');
      const invite = {
        id: newId('invite'),
        email,
        role,
        createdAt: now(),
        expiresAt: now() + WEEK_MS,
      };
      if (!(await putInvite(db, { ...invite, invitedBy: userId })))
        throw new Problem(
          'conflict',
          'Somebody with this address works here already: change their role instead.',
        );
      const letter = {
        to: email,
        origin: settings.origin,
        acceptLanguage: c.req.header('accept-language') ?? null,
      };
      c.executionCtx.waitUntil(mailer.send(inviteMail(name, role, letter)));
      return c.json(hidden({ ...invite, by: name }), 201);
    },
  )
  .delete(
    '/api/admin/staff/invites/:id',
    allow('admin'),
    recent(),
    accepts('param', InviteId),
    returns('Takes an invitation back', { 204: null }),
    async (c) => {
      if (!(await removeInvite(c.var.platform.db, c.req.valid('param').id)))
        throw new Problem('not-found', 'There is no such invitation; it may have been taken.');
      return c.body(null, 204);
    },
  )
  .get(
    '/api/me/invite',
    allow('viewer'),
    returns('The role that one is invited to, if there is one', { 200: OwnInvite }),
    async (c) => {
      const { db, now } = c.var.platform;
      const { email, emailVerified } = signedIn(await c.var.actor());
      const found = emailVerified ? await inviteTo(db, email, now()) : null;
      c.header('cache-control', 'no-store');
      const invite = found && { role: found.role, by: found.by, expiresAt: found.expiresAt };
      return c.json({ invite }, 200);
    },
  )
  .post(
    '/api/me/invite/accept',
    allow('viewer'),
    returns('Takes the role that one is invited to', { 200: Me }),
    async (c) => {
      const actor = signedIn(await c.var.actor());
      const { now } = c.var.platform;
      const none = () => new Problem('not-found', 'There is no invitation to your address any more.');
      if (!actor.emailVerified)
        throw new Problem('unverified-address', 'An invitation is for whoever owns its address.');
      const invite = await inviteTo(c.var.platform.db, actor.email, now());
      if (!invite) throw none();
      // From here on it is the act of somebody who works here, and stands in the log of changes as theirs.
      c.var.writeDownAs(actor, invite.role, 'POST /api/me/invite/accept');
      if (!(await takeInvite(c.var.platform.db, actor, now()))) throw none();
      return c.json({ ...meOf(actor), role: invite.role }, 200);
    },
  );
