import type { Counter } from './counter.ts';
import { complain } from './log.ts';

/** At most `limit` in any `windowMs` milliseconds. */
export type Allowance = { name: string; limit: number; windowMs: number };
/** `slots` give the places back; `retryAt` (ms UTC) is when there is room again. */
export type Admission = { admitted: true; slots: number[] } | { admitted: false; retryAt: number };

/** The rate-limit bindings of wrangler.toml, each with its limit a minute. */
export type RoughLimit = 'auth' | 'play' | 'keys' | 'uploads';

export type Limiter = {
  /** Asks a rate-limit binding: counted per location, cheap, and on the generous side. False: clearly too much. */
  roughly(limit: RoughLimit, key: string): Promise<boolean>;
  /**
   * Counts exactly, in the one object of this subject.
   * @param subject holds nothing that names a person: it becomes an object's name
   */
  admit(subject: string, allowances: readonly Allowance[]): Promise<Admission>;
  giveBack(subject: string, slots: readonly number[]): Promise<void>;
};

type RoughBindings = Record<RoughLimit, Pick<RateLimit, 'limit'>>;

export const limiter = (counters: DurableObjectNamespace<Counter>, rough: RoughBindings): Limiter => ({
  async roughly(limit, key) {
    try {
      return (await rough[limit].limit({ key })).success;
    } catch (error) {
      // Permissive in this too: what has to be exact is counted exactly behind it.
      complain({ event: 'rate limit not asked', limit, error });
      return true;
    }
  },
  admit: async (subject, allowances) => counters.getByName(subject).admit(allowances),
  async giveBack(subject, slots) {
    await counters.getByName(subject).giveBack(slots);
  },
});
