import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { verifyPassword } from 'better-auth/crypto';
import { emailOTP } from 'better-auth/plugins/email-otp';
import { credentials, sessions, twoFactors, users, verifications } from '../../schema/db/accounts.ts';
import type { Platform } from '../platform/platform.ts';
import { cookieNames, isSecure } from './cookies.ts';
import { ourPlugin, secondFactor } from './issuer-plugin.ts';
import type { CodeMail } from './mails.ts';
import { complain } from '../platform/log.ts';

/** What the request brings that better-auth cannot see. */
export type Surroundings = {
  /** Where it came from, as Cloudflare knows it: of the session that may begin. */
  city: string | null;
  country: string | null;
  /** Mails a code. */
  mailCode: (kind: CodeMail, to: string, code: string) => Promise<void>;
  /** Called by a sign-up with an address that has an account. */
  addressTaken: () => void;
  /** Called with the hash that a password is compared with, before that takes its time. */
  passwordRead: (hash: string) => void;
};

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const MINUTE_S = 60;
const mailOf = {
  'email-verification': 'verify',
  'sign-in': 'sign-in',
  'forget-password': 'reset',
  'change-email': 'change-email',
} as const satisfies Record<string, CodeMail>;

/** better-auth as we use it: people, passwords, codes, second factors and sessions in our own tables. */
export function authOf({ db, settings, secrets, newId }: Platform, around: Surroundings) {
  const names = cookieNames(settings.origin);
  return betterAuth({
    baseURL: settings.origin,
    basePath: '/api/auth',
    secret: secrets.auth,
    database: drizzleAdapter(db, {
      provider: 'sqlite',
      schema: {
        user: users,
        session: sessions,
        account: credentials,
        verification: verifications,
        twoFactor: twoFactors,
      },
    }),
    emailAndPassword: {
      enabled: true,
      autoSignIn: false, // the same answer whether the address has an account or not (ADR 0041)
      onExistingUserSignUp: async () => around.addressTaken(),
      revokeSessionsOnPasswordReset: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      password: {
        verify: (given) => {
          around.passwordRead(given.hash);
          return verifyPassword(given);
        },
      },
    },
    plugins: [
      emailOTP({
        disableSignUp: true,
        expiresIn: 10 * MINUTE_S,
        allowedAttempts: 5,
        storeOTP: 'encrypted', // a hash of six digits is undone in no time
        changeEmail: { enabled: true },
        sendVerificationOTP: ({ email, otp, type }) => around.mailCode(mailOf[type], email, otp),
      }),
      secondFactor(),
      ourPlugin,
    ],
    user: { additionalFields: { role: { type: 'string', input: false, defaultValue: 'viewer' } } },
    session: {
      expiresIn: 30 * DAY_S,
      updateAge: HOUR_S, // what the list of devices calls "last seen" is as exact as this
      additionalFields: {
        city: { type: 'string', required: false, input: false },
        country: { type: 'string', required: false, input: false },
        provedAt: { type: 'date', required: false, input: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({ data: { ...session, city: around.city, country: around.country } }),
        },
      },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages below `error` name e-mail addresses, and the arguments of its errors hold bound parameters.
    logger: {
      level: 'error',
      log: (_level, message) => complain({ from: 'better-auth', message }),
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
      cookies: { session_token: { name: names.session }, two_factor: { name: names.secondStep } },
      database: { generateId: ({ model }) => (model === 'user' ? newId('user') : crypto.randomUUID()) },
    },
  });
}
export type Auth = ReturnType<typeof authOf>;
