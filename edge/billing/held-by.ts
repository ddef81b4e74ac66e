import type { PlanTerms } from '../../schema/plans.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import type { Viewer } from '../rights/terms.ts';
import { holdings, planRow } from './queries.ts';

/** What `decide` asks of an account and a title: its plan and what it bought; null: there is no such account. */
export async function heldBy(
  db: Db,
  userId: string,
  titleId: Id<'title'>,
): Promise<Pick<Viewer, 'subscriptions' | 'purchases'> | null> {
  const found = await holdings(db, userId, titleId);
  if (!found) return null;
  const subscriptions = found.subscribed.map(({ since, until, ...plan }) => ({ plan, since, until }));
  return { subscriptions, purchases: found.bought };
}

export const planById = (db: Db, id: string): Promise<PlanTerms | null> => planRow(db, id);
