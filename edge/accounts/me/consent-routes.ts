import { Hono, type Context } from 'hono';
import { Consents, currentTexts, NewConsent } from '../../../schema/api/me.ts';
import type { AppEnv } from '../../http/context.ts';
import { accepts, returns } from '../../http/contract.ts';
import { allow, signedIn } from '../../http/guards.ts';
import { Problem } from '../../http/problem.ts';
import { recordConsents, standing } from './consents.ts';
import { ensureUser } from './current-profile.ts';
import { consentsOf } from './queries/consents.ts';

async function shown(c: Context<AppEnv>, userId: string): Promise<Consents> {
  const history = await consentsOf(c.var.platform.db, userId);
  c.header('cache-control', 'no-store');
  return { current: standing(history), history };
}

/** What somebody agreed to. */
export const consentRoutes = new Hono<AppEnv>()
  .get(
    '/api/me/consents',
    allow('viewer'),
    returns('What is agreed to now, and all there ever was', { 200: Consents }),
    async (c) => c.json(await shown(c, signedIn(await c.var.actor()).userId), 200),
  )
  .post(
    '/api/me/consents',
    allow('viewer'),
    accepts('json', NewConsent),
    returns('Agrees to a text, or takes it back', { 200: Consents }),
    async (c) => {
      const actor = signedIn(await c.var.actor());
      const { kind, version, given } = c.req.valid('json');
      if (version !== currentTexts[kind])
        throw new Problem('conflict', `The text has changed since: show the version ${currentTexts[kind]}.`);
      if (!given && kind !== 'newsletter')
        throw new Problem(
          'conflict',
          'An account cannot be without it. To take it back, close the account: DELETE /api/me.',
        );
      await ensureUser(c.var.platform, actor);
      await recordConsents(c.var.platform, actor.userId, [kind], given);
      return c.json(await shown(c, actor.userId), 200);
    },
  );
