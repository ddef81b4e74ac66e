import { catalogueGeneration } from '../../schema/db/catalog.ts';
import { complain } from './log.ts';
import type { Platform } from './platform.ts';

/**
 * What an isolate knows of the catalogue's generation (schema/db/generation.sql, ADR 0052): one row of D1, read when somebody asks and
 * the last look is half as old as may be, without letting them wait for it; and before they are answered where it is older than may be.
 */
type Known = { value: number; /** When it was asked for, ms UTC. */ at: number };
type Looking = { known: Known | null; look: { is: Promise<Known>; since: number } | null };
type Where = Pick<Platform, 'db' | 'now' | 'settings'>;
const all = new WeakMap<Where, Looking>();
const of = (where: Where): Looking => {
  let one = all.get(where);
  if (!one) all.set(where, (one = { known: null, look: null }));
  return one;
};

/**
 * The generation, if it is known well enough to answer by it; else null.
 * @param later keeps the Worker alive for a look that nobody waits for
 */
export function knownGeneration(where: Where, later: (work: Promise<unknown>) => void): number | null {
  const { known, look: looking } = of(where);
  const age = known ? where.now() - known.at : Infinity;
  const most = where.settings.catalogueBehindMs;
  if (!known || age >= most) return null;
  if (age >= most / 2 && !looking)
    look(where, later).catch((error: unknown) => complain({ event: 'generation not read', error }));
  return known.value;
}

/** The generation, looked for if need be; one look at a time. */
export async function generation(where: Where, later: (work: Promise<unknown>) => void): Promise<number> {
  return knownGeneration(where, later) ?? (await look(where, later)).value;
}

/** Something was changed by this isolate, or may have been: it looks before it answers again, so that whoever changed it sees it. */
export function catalogueChanged(where: Where): void {
  const state = of(where);
  state.known = null;
  state.look = null;
}

/** How long others wait for a look that one of them began. */
const PATIENCE_MS = 2_000;

/**
 * Many wait for one look, which is kept alive though the client of whoever began it may have left: what a request waits for ends with it,
 * and is never answered. One that is not answered for long all the same is not waited for by more.
 */
function look(where: Where, later: (work: Promise<unknown>) => void): Promise<Known> {
  const state = of(where);
  const at = where.now();
  if (state.look && at - state.look.since < PATIENCE_MS) return state.look.is;
  const reading = where.db
    .select({ value: catalogueGeneration.value })
    .from(catalogueGeneration)
    .then(([row]) => {
      if (!row) throw new Error('the catalogue has no generation');
      return { value: row.value, at };
    });
  const is: Promise<Known> = reading
    .then((known) => {
      if (state.look?.is === is) state.known = known; // nothing changed meanwhile
      return known;
    })
    .finally(() => {
      if (state.look?.is === is) state.look = null;
    });
  state.look = { is, since: at };
  later(is.catch(() => undefined));
  return is;
}
