import * as v from 'valibot';
import { roles } from '../../schema/api/accounts.ts';
import type { Actor } from '../http/context.ts';
import type { Platform } from '../platform/platform.ts';
import { authOf, type Surroundings } from './auth.ts';
import { cookieNames, cookieValue } from './cookies.ts';
import { changes } from './issuer-changes.ts';
import { outcome, type Failed } from './outcome.ts';
import { addressIsTaken, removeHalfMade } from './queries.ts';

/*
 * The built-in issuer: better-auth keeps people, passwords, codes and sessions; our own routes talk to it (ADR 0016, 0041).
 * It is large, so only the routes that need it import this file, and do so dynamically.
 */

const MINUTE_MS = 60_000;

/** Somebody whose session is alive, and the `Set-Cookie` lines that go with it. */
export type Session = { actor: Actor; cookies: string[] };
export type LiveSession = Session & { id: string; startedAt: number; secondFactor: boolean };
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

export function builtInIssuer(platform: Platform, around: Omit<Surroundings, 'addressTaken'>) {
  const { db, settings, now } = platform;
  let taken = false;
  const auth = authOf(platform, { ...around, addressTaken: () => (taken = true) });
  const names = cookieNames(settings.origin);

  /** Whose session the request's cookie names, if that is alive. */
  const session = async (headers: Headers): Promise<LiveSession | null> => {
    const answer = await auth.api.getSession({ headers, returnHeaders: true });
    if (!answer.response) return null;
    const { id, createdAt } = answer.response.session;
    const { id: userId, twoFactorEnabled, ...person } = v.parse(User, answer.response.user);
    return {
      actor: { userId, ...person, sessionId: id },
      cookies: answer.headers.getSetCookie(),
      id,
      startedAt: createdAt.getTime(),
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
    if (!made) throw new Error('a sign-in left no session');
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

  return {
    session,
    ...changes(auth, { session, begun }),

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
    signIn: (body: { email: string; password: string }, headers: Headers) =>
      signIn(auth.api.signInEmail({ body, headers: withoutSession(headers), returnHeaders: true })),
    signInByCode: ({ email, code }: { email: string; code: string }, headers: Headers) =>
      signIn(
        auth.api.signInEmailOTP({
          body: { email, otp: code },
          headers: withoutSession(headers),
          returnHeaders: true,
        }),
      ),
    /** A code of the app, or a backup code. */
    secondStep(code: string, given: Headers) {
      const request = { body: { code }, headers: withoutSession(given), returnHeaders: true } as const;
      return signIn(/^\d{6}$/.test(code) ? auth.api.verifyTOTP(request) : auth.api.verifyBackupCode(request));
    },
    /** For somebody whom a passkey has shown to be who they are. */
    startSession: (userId: string, headers: Headers) =>
      signIn(
        auth.api.startSession({ body: { userId }, headers: withoutSession(headers), returnHeaders: true }),
      ),
    /** Ends the session; the lines that take its cookie away. */
    async signOut(headers: Headers): Promise<string[]> {
      const answer = await auth.api.signOut({ headers, returnHeaders: true });
      // It also takes away cookies of caches that we do not have.
      const ours = Object.values(names);
      return answer.headers.getSetCookie().filter((line) => ours.some((name) => line.startsWith(`${name}=`)));
    },
  };
}
