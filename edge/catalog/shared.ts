import type { Context } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { languagesOf } from './locale.ts';
import { viewingOf } from './viewing.ts';

/**
 * With whom an answer of the catalogue may be shared, as a text: for whom it is the same, the answer is. It holds all that `Viewing`
 * is made of, with every language that a request reads, since texts are chosen among those that are there. Null: with nobody, as staff
 * see at once what they change.
 * @param inWords whether there is anything in the answer that is in a language
 * @throws Problem `invalid-token` for a bearer token that is not good
 */
export async function sharedWith(c: Context<AppEnv>, inWords: boolean): Promise<string | null> {
  const actor = await c.var.actor();
  if (actor && actor.role !== 'viewer') return null;
  const { country, ceiling } = await viewingOf(c);
  const languages = inWords ? languagesOf(c.req.raw.headers.get('accept-language')) : [];
  return [country ?? '-', ceiling, ...languages].join(' ');
}
