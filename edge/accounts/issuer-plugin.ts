import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError, createAuthEndpoint, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { twoFactor } from 'better-auth/plugins/two-factor';
import * as v from 'valibot';

/** A code of an app is right for its own half minute and the ones beside it; remembered a little longer. */
const REPLAY_MS = 3 * 60_000;
const SECOND_STEP = 'two_factor'; // better-auth's own name of the cookie between the steps

/**
 * better-auth asks for the second factor after a password only. After a mailed code as well: whoever reads somebody's mail has
 * one factor, not two. (A passkey that verified its user is two by itself.)
 */
export function secondFactor() {
  const plugin = twoFactor({
    issuer: 'Engawa',
    allowPasswordless: true, // whoever has no password proves it otherwise (confirm.ts)
    backupCodeOptions: { storeBackupCodes: 'encrypted', allowPasswordless: true },
  });
  const after = plugin.hooks.after.map((hook) => ({
    ...hook,
    matcher: (context: Parameters<typeof hook.matcher>[0]) =>
      hook.matcher(context) || context.path === '/sign-in/email-otp',
  }));
  return { ...plugin, hooks: { after } };
}

/** Whose sign-in has its first step behind it, by the cookie between the two; null: nobody's, or it has run out. */
async function halfWayIn(
  ctx: Pick<GenericEndpointContext, 'context' | 'getSignedCookie'>,
): Promise<string | null> {
  const { internalAdapter, createAuthCookie, secret } = ctx.context;
  const step = await ctx.getSignedCookie(createAuthCookie(SECOND_STEP).name, secret);
  return step ? ((await internalAdapter.findVerificationValue(step))?.value ?? null) : null;
}

/** What better-auth has no route for. */
export const ourPlugin = {
  id: 'engawa',
  endpoints: {
    /** A session for somebody whom a passkey has shown to be who they are. Never reachable by HTTP. */
    startSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: v.object({ userId: v.string() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.userId);
        if (!user) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_FOUND', message: 'gone' });
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ user });
      },
    ),
    /** Whose second step is about to be tried. */
    halfWay: createAuthEndpoint.serverOnly({ method: 'POST' }, async (ctx) =>
      ctx.json({ userId: await halfWayIn(ctx) }),
    ),
  },
  hooks: {
    before: [
      {
        matcher: ({ path }) => path === '/two-factor/verify-totp',
        // "The verifier MUST NOT accept the second attempt of the OTP after the successful validation" (RFC 6238 §5.2). A row with
        // an id made of person and code can be written once, whoever comes first.
        handler: createAuthMiddleware(async (ctx) => {
          const { internalAdapter } = ctx.context;
          const { code } = v.parse(v.object({ code: v.string() }), ctx.body);
          const userId = (await halfWayIn(ctx)) ?? (await getSessionFromCtx(ctx))?.user.id;
          if (!userId) return; // better-auth refuses it
          const identifier = `used-code:${userId}:${code}`;
          const expiresAt = new Date(Date.now() + REPLAY_MS);
          if (!(await internalAdapter.reserveVerificationValue({ identifier, value: userId, expiresAt })))
            throw new APIError('UNAUTHORIZED', { code: 'INVALID_CODE', message: 'used' });
        }),
      },
    ],
  },
} satisfies BetterAuthPlugin;
