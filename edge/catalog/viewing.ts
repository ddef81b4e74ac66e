import { and, isNull, or, sql, type Column, type SQL } from 'drizzle-orm';
import type { Context } from 'hono';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { titles } from '../../schema/db/catalog.ts';
import { ceilingOf, STRANGERS_CEILING, type AgeRating } from '../accounts/me/ceiling.ts';
import type { AppEnv } from '../http/context.ts';
import { countryOf } from '../playback/country.ts';
import { firstWanted } from './locale.ts';

/** All that a list of titles depends on, beside what is asked for: two requests with the same viewing get the same answer. */
export type Viewing = {
  /** ISO 3166-1 alpha-2, from the edge network; null where it does not know: only what is shown everywhere is listed then. */
  country: string | null;
  /** Nothing rated above it is listed. */
  ceiling: AgeRating;
  /** ISO 639-1: what the request wants to read most. Where a text is not there in it, English is, then the original. */
  locale: string;
};

const viewings = new WeakMap<Context<AppEnv>, Promise<Viewing>>();

/**
 * How a request sees the catalogue, asked once: an answer is made by the very viewing that it is kept by. Nobody's account is read but
 * that of who is signed in.
 * @throws Problem `invalid-token` for a bearer token that is not good
 */
export function viewingOf(c: Context<AppEnv>): Promise<Viewing> {
  const known = viewings.get(c) ?? viewingNow(c);
  viewings.set(c, known);
  return known;
}

async function viewingNow(c: Context<AppEnv>): Promise<Viewing> {
  const { headers, cf } = c.req.raw;
  const actor = await c.var.actor();
  return {
    country: countryOf(cf),
    ceiling: actor ? await ceilingOf(c.var.platform, actor, headers) : STRANGERS_CEILING,
    locale: firstWanted(headers.get('accept-language')),
  };
}

/** Of `titles`, or of what stands for them. */
type Seen = { shownIn: Column | SQL; ageRating: Column | SQL };
type Titles = Seen & { takenDownAt: Column };

/**
 * What may be listed for a viewing, as a condition on `titles`: not taken down, licensed where the viewer is, not above their age. A
 * draft is shown in no country (shown.ts). Every list of titles has it, and every list of episodes that are joined to theirs.
 */
export const visibleTo = (viewing: Omit<Viewing, 'locale'>, of: Titles = titles): SQL =>
  and(isNull(of.takenDownAt), shownTo(viewing, of))!;

/** The same of what is known not to be taken down. */
export function shownTo({ country, ceiling }: Omit<Viewing, 'locale'>, of: Seen): SQL {
  const everywhere = sql`${of.shownIn} = '*'`;
  const within = ageRatings.slice(0, ageRatings.indexOf(ceiling) + 1);
  const all = and(
    country === null ? everywhere : or(everywhere, sql`instr(${of.shownIn}, ${` ${country} `}) > 0`),
    within.length === ageRatings.length ? undefined : sql`${of.ageRating} in ${within}`,
  );
  return all ?? sql`true`;
}

/**
 * Why a title’s own page is refused to a viewing, as a problem code; null: it is not. What `visibleTo` leaves out of lists, word for
 * word: who had it in their list is owed a reason, so that it is not `not-found`, unless it is a draft.
 */
export function refusedTo(
  { country, ceiling }: Pick<Viewing, 'country' | 'ceiling'>,
  title: { draft: boolean; takenDownAt: number | null; shownIn: string; ageRating: AgeRating },
): 'not-found' | 'taken-down' | 'not-in-territory' | 'age-restricted' | null {
  if (title.draft) return 'not-found'; // nobody knows of it
  if (title.takenDownAt !== null) return 'taken-down';
  const here = title.shownIn === '*' || (country !== null && title.shownIn.includes(` ${country} `));
  if (!here) return 'not-in-territory';
  return ageRatings.indexOf(title.ageRating) > ageRatings.indexOf(ceiling) ? 'age-restricted' : null;
}
