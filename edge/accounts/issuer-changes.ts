import type { Platform } from '../platform/platform.ts';
import type { Auth } from './auth.ts';
import type { HalfWay, LiveSession, Session } from './issuer.ts';
import { outcome, type Failed } from './outcome.ts';
import { replacePassword } from './queries.ts';

/** What the issuer's other half lends. */
type Sessions = {
  session: (headers: Headers) => Promise<LiveSession | null>;
  begun: (answer: { headers: Headers; response: unknown }) => Promise<Session | HalfWay>;
  startSession: (userId: string, headers: Headers) => Promise<Session | HalfWay | Failed>;
  ifStill: (hash: string, email: string, came: Session | Failed) => Promise<Session | Failed>;
};
/** A challenge of a passkey is used once, within five minutes. */
const CHALLENGE_MS = 5 * 60_000;

/** Mailed codes, and what somebody signed in changes about how they sign in. */
export function changes(platform: Platform, auth: Auth, { session, begun, startSession, ifStill }: Sessions) {
  /** Who they are now, with the cookies that an answer brought. */
  const now = async ({ headers }: { headers: Headers }, given: Headers): Promise<Session> => {
    const lines = headers.getSetCookie();
    const as = await session(given);
    if (!as) throw new Error('the session ended while it was changed');
    return { actor: as.actor, cookies: [...lines, ...as.cookies] };
  };
  /** Where better-auth puts a new session in place of the old one. */
  const anew = async (answer: { headers: Headers; response: unknown }): Promise<Session> => {
    const made = await begun(answer);
    if ('secondStep' in made) throw new Error('nobody signed in by password here');
    return made;
  };

  return {
    /** Mails a code, if the address has an account. */
    mailCode: (email: string, type: 'sign-in' | 'email-verification' | 'forget-password') =>
      auth.api.sendVerificationOTP({ body: { email, type } }),

    /** Sets a password by a mailed code; every session ends. */
    reset: (email: string, otp: string, password: string) =>
      outcome(auth.api.resetPasswordEmailOTP({ body: { email, otp, password } })),

    verifyEmail: ({ actor }: LiveSession, otp: string, headers: Headers): Promise<Session | Failed> =>
      outcome(
        auth.api
          .verifyEmailOTP({ body: { email: actor.email, otp }, headers, returnHeaders: true })
          .then((answer) => now(answer, headers)),
      ),

    /** Mails a code to a new address, unless that has an account. */
    offerEmail: (newEmail: string, headers: Headers) =>
      auth.api.requestEmailChangeEmailOTP({ body: { newEmail }, headers }),
    changeEmail: (newEmail: string, otp: string, headers: Headers): Promise<Session | Failed> =>
      outcome(
        auth.api
          .changeEmailEmailOTP({ body: { newEmail, otp }, headers, returnHeaders: true })
          .then((answer) => now(answer, headers)),
      ),

    /**
     * Changes the password, or sets the first one; every other session ends. Not by better-auth's own way, which writes whatever
     * became of the password while it hashed.
     * @param confirmed the hash that the password was compared with; null: there is none yet
     */
    async changePassword(
      { actor: { userId, email } }: LiveSession,
      newPassword: string,
      confirmed: string | null,
      headers: Headers,
    ): Promise<Session | Failed> {
      if (confirmed !== null) {
        const to = await (await auth.$context).password.hash(newPassword);
        if (!(await replacePassword(platform.db, { userId, from: confirmed, to, at: platform.now() })))
          return { failure: 'wrong', error: new Error('the password was changed meanwhile') };
        const came = await startSession(userId, headers);
        if ('secondStep' in came) throw new Error('nobody signed in by password here');
        return ifStill(to, email, came);
      }
      return outcome(
        auth.api
          .setPassword({ body: { newPassword }, headers })
          .then(() => auth.api.revokeOtherSessions({ headers, returnHeaders: true }))
          .then((answer) => now(answer, headers)),
      );
    },

    /** A secret for an app; nothing is asked for before `turnOnSecondFactor`. */
    offerSecondFactor: (password: string | undefined, headers: Headers) =>
      outcome(
        auth.api
          .enableTwoFactor({ body: { ...optional(password), method: 'totp' }, headers })
          .then((made) => {
            if (made.method !== 'totp') throw new Error('an app was asked for');
            const { totpURI: uri, backupCodes } = made;
            return { uri, secret: new URL(uri).searchParams.get('secret') ?? '', backupCodes };
          }),
      ),
    turnOnSecondFactor: (code: string, headers: Headers): Promise<Session | Failed> =>
      outcome(auth.api.verifyTOTP({ body: { code }, headers, returnHeaders: true }).then(anew)),
    /** A code of the app, of somebody signed in whose second factor is on; null: it is right. */
    async provedByApp(code: string, headers: Headers): Promise<Failed | null> {
      const came = await outcome(auth.api.verifyTOTP({ body: { code }, headers, returnHeaders: true }));
      return 'failure' in came ? came : null;
    },
    turnOffSecondFactor: (password: string | undefined, headers: Headers): Promise<Session | Failed> =>
      outcome(
        auth.api.disableTwoFactor({ body: optional(password), headers, returnHeaders: true }).then(anew),
      ),
    backupCodes: (password: string | undefined, headers: Headers) =>
      outcome(
        auth.api
          .generateBackupCodes({ body: optional(password), headers })
          .then(({ backupCodes }) => ({ backupCodes })),
      ),
    async backupCodesLeft({ actor, secondFactor }: LiveSession): Promise<number | null> {
      if (!secondFactor) return null;
      return (await auth.api.viewBackupCodes({ body: { userId: actor.userId } })).backupCodes.length;
    },

    /** Remembers a challenge for one ceremony. @param of whose, or for what */
    async keepChallenge(challenge: string, of: string): Promise<void> {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.createVerificationValue({
        identifier: `passkey:${of}:${challenge}`,
        value: challenge,
        expiresAt: new Date(Date.now() + CHALLENGE_MS),
      });
    },
    /** True once: for whoever comes first, in time. */
    async takeChallenge(challenge: string, of: string): Promise<boolean> {
      const { internalAdapter } = await auth.$context;
      return (await internalAdapter.consumeVerificationValue(`passkey:${of}:${challenge}`)) !== null;
    },
  };
}

const optional = (password: string | undefined) => (password === undefined ? {} : { password });
