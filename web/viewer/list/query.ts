import { watchStates, type WatchState } from '../../../schema/library-terms.ts';
import { to } from '../../paths.ts';

export const sorts = ['updated', 'name', 'score'] as const;
/** Which part of the list is shown, and how; `state` null: all of it. */
export type Chosen = { state: WatchState | null; sort: (typeof sorts)[number] };

/** What an address asks for; what it does not know counts as not said. */
export function chosenBy(query: { get(name: string): string | null }): Chosen {
  return {
    state: watchStates.find((state) => state === query.get('state')) ?? null,
    sort: sorts.find((sort) => sort === query.get('sort')) ?? 'updated',
  };
}

/** What stands for it in an address; what goes without saying is left out. */
export function queryOf({ state, sort, cursor }: Chosen & { cursor?: string | null }): string {
  const query = new URLSearchParams();
  if (state !== null) query.set('state', state);
  if (sort !== 'updated') query.set('sort', sort);
  if (cursor) query.set('cursor', cursor);
  return query.toString();
}

export const addressOf = (chosen: Chosen): string => {
  const query = queryOf(chosen);
  return query ? `${to('list')}?${query}` : to('list');
};
