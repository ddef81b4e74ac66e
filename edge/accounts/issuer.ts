import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import * as v from 'valibot';
import { roles } from '../../schema/api/accounts.ts';
import { credentials, sessions, users, verifications } from '../../schema/db/accounts.ts';
import type { Actor } from '../http/context.ts';
import type { Platform } from '../platform/platform.ts';
import { cookieNames, isSecure } from './cookies.ts';
import { people, removeHalfMade } from './queries.ts';

/*
 * The built-in issuer: better-auth keeps people, passwords and sessions; our own routes talk to it (ADR 0016).
 * It is large, so only the routes that need it import this file, and do so dynamically.
 */

const DAY_S = 86_400;
const MINUTE_MS = 60_000;

/** Somebody whose session is alive, and the `Set-Cookie` lines that go with it. */
export type Session = { actor: Actor; cookies: string[] };
export type SignUpResult = Session | 'taken';

export interface BuiltInIssuer {
  signUp(person: { name: string; email: string; password: string }, headers: Headers): Promise<SignUpResult>;
  /** Null for an unknown address as for a wrong password; both take the time of one hash. */
  signIn(person: { email: string; password: string }, headers: Headers): Promise<Session | null>;
  /** Whose session the request's cookie names, if that is alive. */
  session(headers: Headers): Promise<Session | null>;
  /** Ends the session; the lines that take its cookie away. */
  signOut(headers: Headers): Promise<string[]>;
}

const User = v.object({
  id: v.string(),
  name: v.string(),
  email: v.string(),
  emailVerified: v.boolean(),
  role: v.picklist(roles),
});
const actor = (user: unknown): Actor => {
  const { id, ...rest } = v.parse(User, user);
  return { userId: id, ...rest };
};
/** better-auth's refusals carry a code in their body; anything else is not a refusal. */
const Refusal = v.object({ body: v.object({ code: v.string() }) });
const refusal = (error: unknown): string | null => {
  const parsed = v.safeParse(Refusal, error);
  return parsed.success ? parsed.output.body.code : null;
};

export function builtInIssuer({ db, settings, secrets, newId, now }: Platform): BuiltInIssuer {
  const auth = betterAuth({
    baseURL: settings.origin,
    basePath: '/api/auth',
    secret: secrets.auth,
    database: drizzleAdapter(db, {
      provider: 'sqlite',
      schema: { user: users, session: sessions, account: credentials, verification: verifications },
    }),
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 200 },
    user: { additionalFields: { role: { type: 'string', input: false, defaultValue: 'viewer' } } },
    session: { expiresIn: 30 * DAY_S, updateAge: DAY_S },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages below `error` name e-mail addresses, and the arguments of its errors hold bound parameters.
    logger: {
      level: 'error',
      log: (_level, message) => console.error(JSON.stringify({ from: 'better-auth', message })),
    },
    advanced: {
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] }, // X-Forwarded-For is whatever the client says
      useSecureCookies: false, // it would add `__Secure-` to a name that has `__Host-` already
      defaultCookieAttributes: {
        secure: isSecure(settings.origin),
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
      },
      cookies: { session_token: { name: cookieNames(settings.origin).session } },
      database: { generateId: ({ model }) => (model === 'user' ? newId('user') : crypto.randomUUID()) },
    },
  });

  const signUp: BuiltInIssuer['signUp'] = async (body, headers) => {
    try {
      const answer = await auth.api.signUpEmail({ body, headers, returnHeaders: true });
      return { actor: actor(answer.response.user), cookies: answer.headers.getSetCookie() };
    } catch (error) {
      const code = refusal(error);
      if (code === 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL') return 'taken';
      // Two sign-ups at the same moment: the index on the address let one through.
      if (
        code === 'FAILED_TO_CREATE_USER' &&
        (await people(db, body.email, null, 1))[0]?.email === body.email
      )
        return 'taken';
      throw error;
    }
  };

  return {
    async signUp(person, headers) {
      const session = await signUp(person, headers);
      if (session !== 'taken' || !(await removeHalfMade(db, person.email, now() - MINUTE_MS))) return session;
      return signUp(person, headers);
    },
    async signIn(person, headers) {
      try {
        const answer = await auth.api.signInEmail({ body: person, headers, returnHeaders: true });
        return { actor: actor(answer.response.user), cookies: answer.headers.getSetCookie() };
      } catch (error) {
        if (refusal(error) === 'INVALID_EMAIL_OR_PASSWORD') return null;
        throw error;
      }
    },
    async session(headers) {
      const answer = await auth.api.getSession({ headers, returnHeaders: true });
      if (!answer.response) return null;
      return { actor: actor(answer.response.user), cookies: answer.headers.getSetCookie() };
    },
    async signOut(headers) {
      const answer = await auth.api.signOut({ headers, returnHeaders: true });
      return answer.headers.getSetCookie();
    },
  };
}
