import type { InferOutput } from 'valibot';
import type { DecisionQuery } from '../../schema/api/rights.ts';
import { heldBy, planById } from '../billing/held-by.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import type { Viewer } from './terms.ts';

type Asked = Pick<InferOutput<typeof DecisionQuery>, 'country' | 'plan' | 'age' | 'signedOut' | 'as'>;

/**
 * The viewer that was made up; with `as`, with what somebody really has.
 * @throws Problem `not-found` for an account or a plan that is not there
 */
export async function madeUpViewer(
  db: Db,
  { country, plan, age, signedOut, as }: Asked,
  titleId: Parameters<typeof heldBy>[2],
): Promise<Viewer> {
  const real = as ? await heldBy(db, as, titleId) : { subscriptions: [], purchases: [] };
  if (!real) throw new Problem('not-found', 'There is no such account.');
  const viewer = { country: country ?? null, signedIn: signedOut !== 'yes', ageCeiling: age, ...real };
  if (!plan) return viewer;
  const terms = await planById(db, plan);
  if (!terms) throw new Problem('not-found', `There is no plan ${plan}.`);
  return { ...viewer, subscriptions: [{ plan: terms, since: -Infinity, until: null }] };
}
