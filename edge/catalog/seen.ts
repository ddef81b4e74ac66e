import type { Context } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import { refusedTo, viewingOf, type Viewing } from './viewing.ts';

/** Who asks, and how they see the catalogue; the answer says that it depends on it. */
export async function seenBy(c: Context<AppEnv>): Promise<Viewing> {
  const viewing = await viewingOf(c);
  c.header('vary', 'Accept-Language');
  return viewing;
}

/**
 * @param nowhere what is said where nothing is: of a draft the same, word for word, or whoever guesses its address learns of it
 * @throws Problem `not-found`, or why this viewer may not see it
 */
export function allowed<T extends Parameters<typeof refusedTo>[1]>(
  viewing: Viewing,
  title: T | null,
  nowhere = 'There is no title at this address.',
): T {
  const refused = title ? refusedTo(viewing, title) : 'not-found';
  if (!title || refused === 'not-found') throw new Problem('not-found', nowhere);
  if (refused) throw new Problem(refused);
  return title;
}
