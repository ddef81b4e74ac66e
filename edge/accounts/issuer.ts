import { APIError } from 'better-auth/api';
import * as v from 'valibot';
import { roles } from '../../schema/api/accounts.ts';
import type { Actor } from '../http/context.ts';
import type { Platform } from '../platform/platform.ts';
import { authOf, type Surroundings } from './auth.ts';
import { cookieNames, cookieValue } from './cookies.ts';
import { changes } from './issuer-changes.ts';
import { outcome, type Failed } from './outcome.ts';
import { addressIsTaken, endSession, passwordAt, removeHalfMade } from './queries.ts';

/*
 * The built-in issuer: better-auth keeps people, passwords, codes and sessions; our own routes talk to it (ADR 0016, 0041).
 * It is large, so only the routes that need it import this file, and do so dynamically.
 */

const MINUTE_MS = 60_000;

/** Somebody whose session is alive, and the `Set-Cookie` lines that go with it. */
export type Session = { actor: Actor; cookies: string[] };
export type LiveSession = Session & { id: string; secondFactor: boolean };
/** The first step is done; the lines hold the cookie for the second. */
export type HalfWay = { secondStep: true; cookies: string[] };

const User = v.object({
  id: v.string(),
  name: v.string(),
  email: v.string(),
  emailVerified: v.boolean(),
  role: v.picklist(roles),
  twoFactorEnabled: v.nullish(v.boolean(), false),
});
const Asked = v.object({ twoFactorRedirect: v.literal(true) });

export type BuiltInIssuer = ReturnType<typeof builtInIssuer>;

export function builtInIssuer(
  platform: Platform,
  around: Omit<Surroundings, 'addressTaken' | 'passwordRead'>,
) {
  const { db, settings, now } = platform;
  let taken = false;
  let compared: string | null = null;
  const auth = authOf(platform, {
    ...around,
    addressTaken: () => (taken = true),
    passwordRead: (hash) => (compared = hash),
  });
  const names = cookieNames(settings.origin);

  /** Whose session the request's cookie names, if that is alive. */
  const session = async (headers: Headers): Promise<LiveSession | null> => {
    const answer = await auth.api.getSession({ headers, returnHeaders: true });
    if (!answer.response) return null;
    const { id, createdAt, provedAt } = answer.response.session;
    const { id: userId, twoFactorEnabled, ...person } = v.parse(User, answer.response.user);
    return {
      actor: { userId, ...person, sessionId: id, provedAt: (provedAt ?? createdAt).getTime() },
      cookies: answer.headers.getSetCookie(),
      id,
      secondFactor: twoFactorEnabled,
    };
  };

  /** The session that an answer's cookies begin. */
  const begun = async (answer: { headers: Headers; response: unknown }): Promise<Session | HalfWay> => {
    const cookies = answer.headers.getSetCookie();
    if (v.is(Asked, answer.response))
      return { secondStep: true, cookies: cookies.filter((line) => line.startsWith(`${names.secondStep}=`)) };
    const cookie = cookies.findLast((line) => line.startsWith(`${names.session}=`))?.split(';')[0] ?? '';
    const made = await session(new Headers({ cookie }));
    // Somebody ended every session of the account at that moment.
    if (!made) throw new APIError('UNAUTHORIZED', { code: 'SESSION_ENDED', message: 'ended as it began' });
    return { actor: made.actor, cookies };
  };

  /** The cookies of a request without its session: a sign-in is about whoever signs in, not about whoever was signed in. */
  const withoutSession = (headers: Headers): Headers => {
    const bare = new Headers(headers);
    const step = cookieValue(headers.get('cookie'), names.secondStep);
    if (step === null) bare.delete('cookie');
    else bare.set('cookie', `${names.secondStep}=${step}`);
    return bare;
  };
  const signIn = (
    call: Promise<{ headers: Headers; response: unknown }>,
  ): Promise<Session | HalfWay | Failed> => outcome(call.then(begun));

  /** For somebody who was shown to be who they are. */
  const startSession = (userId: string, headers: Headers) =>
    signIn(
      auth.api.startSession({ body: { userId }, headers: withoutSession(headers), returnHeaders: true }),
    );

  /**
   * What a password began, if that is still the password: a reset takes no longer than comparing one. Looked up after the session
   * was written, so that either this sees the new hash, or who wrote it, and ended the sessions after, ended this one as well.
   */
  const ifStill = async <T extends Session | HalfWay>(
    hash: string | null,
    email: string,
    came: T | Failed,
  ): Promise<T | Failed> => {
    if ('failure' in came || (await passwordAt(db, email)) === hash) return came;
    if ('actor' in came && came.actor.sessionId)
      await endSession(db, came.actor.userId, came.actor.sessionId);
    return { failure: 'wrong', error: new Error('the password was changed while it was compared') };
  };

  return {
    session,
    ...changes(platform, auth, { session, begun, startSession, ifStill }),

    /** Makes an account, without a session. `taken`: there is one; both take the time of one hash. */
    async signUp(
      body: { name: string; email: string; password: string },
      headers: Headers,
    ): Promise<'made' | 'taken'> {
      const attempt = async () => {
        taken = false;
        const made = await outcome(auth.api.signUpEmail({ body, headers }));
        if (!('failure' in made)) return taken ? 'taken' : 'made';
        // Two sign-ups at the same moment: the index on the address let one through.
        if (made.failure === 'failed-to-create' && (await addressIsTaken(db, body.email))) return 'taken';
        throw made.error;
      };
      const first = await attempt();
      if (first === 'made' || !(await removeHalfMade(db, body.email, now() - MINUTE_MS))) return first;
      return attempt();
    },

    /** `wrong` for an unknown address as for a wrong password; both take the time of one hash. */
    async signIn(body: { email: string; password: string }, headers: Headers) {
      const request = { body, headers: withoutSession(headers), returnHeaders: true } as const;
      const came = await signIn(auth.api.signInEmail(request));
      return ifStill(compared, body.email, came);
    },
    signInByCode: ({ email, code }: { email: string; code: string }, headers: Headers) =>
      signIn(
        auth.api.signInEmailOTP({
          body: { email, otp: code },
          headers: withoutSession(headers),
          returnHeaders: true,
        }),
      ),
    /** Whose sign-in has its first step behind it; null: nobody's. */
    async halfWay(headers: Headers): Promise<string | null> {
      return (await auth.api.halfWay({ headers: withoutSession(headers) })).userId;
    },
    /** A code of the app, or a backup code. */
    secondStep(code: string, given: Headers) {
      const request = { body: { code }, headers: withoutSession(given), returnHeaders: true } as const;
      return signIn(/^\d{6}$/.test(code) ? auth.api.verifyTOTP(request) : auth.api.verifyBackupCode(request));
    },
    startSession,
    /** Ends the session; the lines that take its cookie away. */
    async signOut(headers: Headers): Promise<string[]> {
      const answer = await auth.api.signOut({ headers, returnHeaders: true });
      // It also takes away cookies of caches that we do not have.
      const ours = Object.values(names);
      return answer.headers.getSetCookie().filter((line) => ours.some((name) => line.startsWith(`${name}=`)));
    },
  };
}
