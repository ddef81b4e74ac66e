import * as v from 'valibot';

/** Why better-auth refused, in our words. */
export type Failure = 'wrong' | 'too-many' | 'over' | 'failed-to-create' | 'taken' | 'not-on';

export type Failed = { failure: Failure; error: unknown };

/** better-auth's refusals carry a code in their body, or for a few only a message; anything else is not a refusal. */
const Refusal = v.object({
  body: v.object({ code: v.optional(v.string()), message: v.optional(v.string()) }),
});

const failures: Record<string, Failure> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong',
  INVALID_PASSWORD: 'wrong',
  INVALID_OTP: 'wrong',
  OTP_EXPIRED: 'wrong',
  TOO_MANY_ATTEMPTS: 'wrong', // of one mailed code: it is void now
  USER_NOT_FOUND: 'wrong',
  INVALID_CODE: 'wrong',
  INVALID_BACKUP_CODE: 'wrong',
  'Failed to verify backup code. Please try again.': 'wrong', // somebody used one at the same moment
  INVALID_TWO_FACTOR_COOKIE: 'over',
  SESSION_ENDED: 'over',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'over',
  ACCOUNT_TEMPORARILY_LOCKED: 'too-many',
  FAILED_TO_CREATE_USER: 'failed-to-create',
  'Email already in use': 'taken',
  TOTP_NOT_ENABLED: 'not-on',
  TOTP_ALREADY_ENABLED: 'taken',
  TWO_FACTOR_NOT_ENABLED: 'not-on',
  BACKUP_CODES_NOT_ENABLED: 'not-on',
};

/**
 * What a call to better-auth came to.
 * @throws what is not a refusal that we know
 */
export async function outcome<T>(call: Promise<T>): Promise<T | Failed> {
  try {
    return await call;
  } catch (error) {
    const parsed = v.safeParse(Refusal, error);
    const { code = '', message = '' } = parsed.success ? parsed.output.body : {};
    const failure = failures[code] ?? failures[message];
    if (!failure) throw error;
    return { failure, error };
  }
}
