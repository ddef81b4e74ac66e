import type { Counter } from './counter.ts';
import { complain } from './log.ts';

/** At most `limit` in any `windowMs` milliseconds. */
export type Allowance = { name: string; limit: number; windowMs: number };
/** `slots` give the places back; `retryAt` (ms UTC) is when there is room again. */
export type Admission = { admitted: true; slots: number[] } | { admitted: false; retryAt: number };

/** The rate-limit bindings of wrangler.toml, each with its limit a minute. */
export type RoughLimit = 'auth' | 'play' | 'keys' | 'uploads' | 'search';

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
    const lot = takeOf(`${limit}:${key}`, LOTS[limit], Date.now());
    if (lot.asked) return lot.passes;
    lot.asked = true;
    return (lot.passes = await ask(rough, limit, key));
  },
  admit: async (subject, allowances) => counters.getByName(subject).admit(allowances),
  async giveBack(subject, slots) {
    await counters.getByName(subject).giveBack(slots);
  },
});

async function ask(rough: RoughBindings, limit: RoughLimit, key: string): Promise<boolean> {
  try {
    return (await rough[limit].limit({ key })).success;
  } catch (error) {
    // Permissive in this too: what has to be exact is counted exactly behind it.
    complain({ event: 'rate limit not asked', limit, error });
    return true;
  }
}

/**
 * How many requests one question to the binding is for: what comes often, such as keys, costs a question now and then. The limits in
 * wrangler.toml are in lots, and an isolate may let that much more through.
 */
const LOTS: Record<RoughLimit, number> = { auth: 1, play: 1, keys: 50, uploads: 20, search: 20 };
const MINUTE_MS = 60_000;
const MOST = 10_000;

/**
 * `passes` is an answer, not a promise: one request does not wait for what another one asked, whose client may have left. Until it is
 * answered, all pass.
 */
type Lot = { left: number; until: number; asked: boolean; passes: boolean };
/** Lots that are begun, in this isolate. */
const lots = new Map<string, Lot>();

function takeOf(key: string, size: number, now: number): Lot {
  let lot = lots.get(key);
  if (!lot || lot.left === 0 || lot.until <= now) {
    if (lots.size >= MOST) lots.clear();
    lot = { left: size, until: now + MINUTE_MS, asked: false, passes: true };
    if (size > 1) lots.set(key, lot);
  }
  lot.left -= 1;
  return lot;
}
