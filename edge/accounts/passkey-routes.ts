import { Hono } from 'hono';
import {
  CeremonyOptions,
  Confirmation,
  MAX_PASSKEYS,
  Me,
  NewPasskey,
  Passkey,
  PasskeyChange,
  PasskeyId,
  SignInByPasskey,
} from '../../schema/api/accounts.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { confirm, verifiedOnly } from './confirm.ts';
import {
  insertPasskey,
  passkeyById,
  passkeyRows,
  removePasskey,
  renamePasskey,
  usePasskey,
} from './passkey-queries.ts';
import { assertionIn, attestationIn } from './passkey-shapes.ts';
import { issuerOf, liveSession, signedInBy, tell } from './signing-in.ts';

const SIGN_IN = 'sign-in';

export const passkeyRoutes = new Hono<AppEnv>()
  .post(
    '/api/auth/sign-in/passkey/options',
    allow('anyone'),
    limited('challenge', 'nobody'),
    returns('A challenge to sign in by passkey with', { 200: CeremonyOptions }),
    async (c) => {
      const issuer = await issuerOf(c);
      const { signInOptions } = await import('./passkeys.ts');
      const options = await signInOptions(c.var.platform.settings.origin);
      await issuer.keepChallenge(options.challenge, SIGN_IN);
      c.header('cache-control', 'no-store');
      return c.json({ ...options }, 200);
    },
  )
  .post(
    '/api/auth/sign-in/passkey',
    allow('anyone'),
    accepts('json', SignInByPasskey),
    limited('sign-in', 'nobody'),
    returns('Signs in by a passkey, which is two factors in one', { 200: Me }),
    async (c) => {
      const { db, settings, now } = c.var.platform;
      const issuer = await issuerOf(c);
      const refusal = new Problem('invalid-credentials', 'This passkey does not sign anybody in here.');
      const assertion = assertionIn(c.req.valid('json').response);
      const passkey = assertion && (await passkeyById(db, assertion.id));
      if (!assertion || !passkey) throw refusal;
      const { authenticated } = await import('./passkeys.ts');
      const counter = await authenticated(settings.origin, assertion, passkey, (challenge) =>
        issuer.takeChallenge(challenge, SIGN_IN),
      );
      if (counter === null || !(await usePasskey(db, passkey.id, counter, now()))) throw refusal;
      const came = await issuer.startSession(passkey.userId, c.req.raw.headers);
      return c.json(await signedInBy(c, came, 'invalid-credentials'), 200);
    },
  )
  .post(
    '/api/me/passkeys/options',
    allow('viewer'),
    accepts('json', Confirmation),
    returns('A challenge to make a passkey with', { 200: CeremonyOptions }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      const { db, settings } = c.var.platform;
      verifiedOnly(session);
      await confirm(c, session, c.req.valid('json').password);
      const existing = await passkeyRows(db, session.actor.userId);
      const { registrationOptions } = await import('./passkeys.ts');
      const options = await registrationOptions(settings.origin, session.actor, existing);
      await issuer.keepChallenge(options.challenge, session.actor.userId);
      return c.json({ ...options }, 200);
    },
  )
  .post(
    '/api/me/passkeys',
    allow('viewer'),
    accepts('json', NewPasskey),
    returns('Adds the passkey that was made', { 201: Passkey }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      const { db, settings, now } = c.var.platform;
      const { userId, email } = session.actor;
      const { name, response } = c.req.valid('json');
      const attestation = attestationIn(response);
      const { registered } = await import('./passkeys.ts');
      const made = attestation
        ? await registered(settings.origin, attestation, (challenge) =>
            issuer.takeChallenge(challenge, userId),
          )
        : null;
      if (!made)
        throw new Problem('wrong-code', 'This is not the answer to a challenge of ours. Begin again.');
      const row = await insertPasskey(db, { ...made, userId, name, createdAt: now(), usedAt: null });
      if (!row)
        throw new Problem(
          'conflict',
          `This passkey is there already, or there are ${MAX_PASSKEYS} of them. Remove one first.`,
        );
      tell(c, 'passkey-added', email);
      return c.json(row, 201);
    },
  )
  .patch(
    '/api/me/passkeys/:id',
    allow('viewer'),
    accepts('param', PasskeyId),
    accepts('json', PasskeyChange),
    returns('Renames a passkey', { 200: Passkey }),
    async (c) => {
      const { userId } = (await liveSession(c)).session.actor;
      const { id } = c.req.valid('param');
      const row = await renamePasskey(c.var.platform.db, userId, id, c.req.valid('json').name);
      if (!row) throw new Problem('not-found', 'There is no such passkey.');
      return c.json(row, 200);
    },
  )
  .delete(
    '/api/me/passkeys/:id',
    allow('viewer'),
    accepts('param', PasskeyId),
    returns('Removes a passkey; a mailed code signs in all the same', { 204: null }),
    async (c) => {
      const { userId } = (await liveSession(c)).session.actor;
      if (!(await removePasskey(c.var.platform.db, userId, c.req.valid('param').id)))
        throw new Problem('not-found', 'There is no such passkey.');
      return c.body(null, 204);
    },
  );
