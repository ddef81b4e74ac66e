import { Hono } from 'hono';
import { CeremonyOptions, StepUp, StepUpOffer } from '../../schema/api/accounts.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { liveSession, started } from './signing-in.ts';
import { mailProof, passkeyChallenge, stepUp, stepUpOffer } from './step-up.ts';

/** Showing once more that it is oneself, before what takes a recent sign-in (`recent()` in http/guards.ts). Takes the session's cookies. */
export const stepUpRoutes = new Hono<AppEnv>()
  .get(
    '/api/auth/step-up',
    allow('viewer'),
    returns('How one may show that it is oneself, and until when that was done', { 200: StepUpOffer }),
    async (c) => {
      const { session } = await liveSession(c);
      return c.json(await stepUpOffer(c, session), 200);
    },
  )
  .post(
    '/api/auth/step-up/passkey/options',
    allow('viewer'),
    limited('challenge', 'nobody'),
    returns('A challenge for one’s own passkeys', { 200: CeremonyOptions }),
    async (c) => c.json({ ...(await passkeyChallenge(c, await liveSession(c))) }, 200),
  )
  .post(
    '/api/auth/step-up/code',
    allow('viewer'),
    limited('mail', 'actor'),
    returns('Mails a code, to whoever has neither a password nor an app', { 202: null }),
    async (c) => {
      await mailProof(c, await liveSession(c));
      return c.body(null, 202);
    },
  )
  .post(
    '/api/auth/step-up',
    allow('viewer'),
    accepts('json', StepUp),
    returns('Shows that it is oneself: this session counts as signed in just now', { 200: StepUpOffer }),
    async (c) => {
      const here = await liveSession(c);
      const renewed = await stepUp(c, here, c.req.valid('json'));
      await started(c, renewed);
      return c.json(await stepUpOffer(c, renewed), 200);
    },
  );
