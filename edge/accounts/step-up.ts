import type { Context } from 'hono';
import { RECENT_S, type StepUp, type StepUpOffer } from '../../schema/api/accounts.ts';
import type { AppEnv } from '../http/context.ts';
import { within } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { shortMac } from '../platform/mac.ts';
import type { BuiltInIssuer, LiveSession } from './issuer.ts';
import { codeMail } from './mails.ts';
import { confirmPassword, hasPassword } from './me/reauthenticate.ts';
import { passkeyById, passkeyRows, usePasskey } from './passkey-queries.ts';
import { assertionIn } from './passkey-shapes.ts';
import { proveSession } from './queries.ts';
import { letterTo, refused } from './signing-in.ts';

/*
 * Showing once more that it is they who are signed in (ADR 0075). What is tried is counted with the tries of signing in by the same
 * secret (http/allowances.ts): two ways to ask are not twice as many guesses.
 */
type Here = { issuer: BuiltInIssuer; session: LiveSession };
const SIX_DIGITS = 1_000_000;

/** What challenges and codes of one session's step-up are kept under. */
const purpose = ({ id }: LiveSession) => `step-up:${id}`;

export async function stepUpOffer(c: Context<AppEnv>, session: LiveSession): Promise<StepUpOffer> {
  const { platform } = c.var;
  const [password, passkeys] = await Promise.all([
    hasPassword(platform, session.actor),
    passkeyRows(platform.db, session.actor.userId),
  ]);
  return {
    ways: [
      ...(passkeys.length > 0 ? (['passkey'] as const) : []),
      ...(password ? (['password'] as const) : []),
      ...(session.secondFactor ? (['app'] as const) : []),
      // Not for who has a second factor: whoever reads their mail would get around it.
      ...(password || session.secondFactor ? [] : (['mail'] as const)),
    ],
    recentUntil: (session.actor.provedAt ?? 0) + RECENT_S * 1000,
  };
}

/** A challenge for the passkeys of whoever is signed in. @throws Problem `conflict` where there is none */
export async function passkeyChallenge(c: Context<AppEnv>, { issuer, session }: Here) {
  const { db, settings } = c.var.platform;
  const own = await passkeyRows(db, session.actor.userId);
  if (own.length === 0) throw new Problem('conflict', 'This account has no passkey.');
  const { signInOptions } = await import('./passkeys.ts');
  const options = await signInOptions(settings.origin, own);
  await issuer.keepChallenge(options.challenge, purpose(session));
  return options;
}

/** Mails a code that is good for this session only. @throws Problem `conflict` for who has another way */
export async function mailProof(c: Context<AppEnv>, { issuer, session }: Here): Promise<void> {
  const { mailer, secrets } = c.var.platform;
  if (!(await stepUpOffer(c, session)).ways.includes('mail'))
    throw new Problem('conflict', 'This account has a password or an app: use that.');
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1)); // 2³² over 10⁶: no code is likelier by more than 0.03 %
  const code = String(number % SIX_DIGITS).padStart(6, '0');
  await issuer.keepChallenge(await shortMac(secrets.auth, purpose(session), code), purpose(session));
  c.executionCtx.waitUntil(mailer.send(codeMail('step-up', code, letterTo(c, session.actor.email))));
}

/**
 * Checks what somebody shows, and renews when their session was proved; no other of theirs.
 * @returns the session as it is from now on
 * @throws Problem `wrong-password`, `wrong-code`, `invalid-credentials`, `too-many-requests`; `not-signed-in` where the session ended
 */
export async function stepUp(c: Context<AppEnv>, here: Here, given: StepUp): Promise<LiveSession> {
  const { db, now } = c.var.platform;
  const { session } = here;
  await check(c, here, given);
  const provedAt = now();
  if (!(await proveSession(db, session.actor.userId, session.id, provedAt)))
    throw new Problem('not-signed-in', 'This device has been signed out.');
  return { ...session, actor: { ...session.actor, provedAt } };
}

async function check(c: Context<AppEnv>, { issuer, session }: Here, given: StepUp): Promise<void> {
  const { actor } = session;
  switch (given.by) {
    case 'password':
      await confirmPassword(c, actor, given.password);
      return;
    case 'app':
      if (!session.secondFactor) throw new Problem('conflict', 'Two-step sign-in is not on.');
      await within(c, 'second-factor', actor.userId, async () => {
        const came = await issuer.provedByApp(given.code, c.req.raw.headers);
        if (came !== null) throw refused(came, 'wrong-code');
      });
      return;
    case 'mail':
      await within(c, 'code', actor.userId, async () => {
        const kept = await shortMac(c.var.platform.secrets.auth, purpose(session), given.code);
        if (!(await issuer.takeChallenge(kept, purpose(session)))) throw new Problem('wrong-code');
      });
      return;
    case 'passkey':
      await within(c, 'sign-in', null, () => byPasskey(c, { issuer, session }, given.response));
  }
}

async function byPasskey(c: Context<AppEnv>, { issuer, session }: Here, response: unknown): Promise<void> {
  const { db, settings, now } = c.var.platform;
  const refusal = new Problem('invalid-credentials', 'This passkey is not one of this account’s.');
  const assertion = assertionIn(response);
  const passkey = assertion && (await passkeyById(db, assertion.id));
  if (!assertion || passkey?.userId !== session.actor.userId) throw refusal;
  const { authenticated } = await import('./passkeys.ts');
  const counter = await authenticated(settings.origin, assertion, passkey, (challenge) =>
    issuer.takeChallenge(challenge, purpose(session)),
  );
  if (counter === null || !(await usePasskey(db, passkey.id, counter, now()))) throw refusal;
}
