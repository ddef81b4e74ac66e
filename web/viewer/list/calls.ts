import type { ListChange, ListEntry, ListPage, Marked } from '../../../schema/api/library.ts';
import { api, type Answer } from '../../api.ts';

// What a page asks of the library. Every one of them may be sent twice.

export const changeEntry = (titleId: string, change: ListChange): Promise<Answer<ListEntry>> =>
  api.post<ListEntry>(`/api/me/watchlist/${titleId}`, change, { method: 'PUT' });

export const removeEntry = (titleId: string): Promise<Answer<null>> =>
  api.post<null>(`/api/me/watchlist/${titleId}`, {}, { method: 'DELETE' });

/** All that somebody said of a title: what puts a removed entry back as it was. */
export const saidOf = ({
  state,
  score,
  followed,
  notes,
  rewatched,
  startedAt,
  finishedAt,
}: ListEntry): ListChange => ({ state, score, followed, notes, rewatched, startedAt, finishedAt });

export const listPage = (query: string): Promise<Answer<ListPage>> =>
  api.get<ListPage>(`/api/me/watchlist?${query}`);

export const markWatched = (episodeId: string, watched: boolean, upTo = false): Promise<Answer<Marked>> =>
  api.post<Marked>('/api/me/watched', { episodeId, watched, upTo });

export const undoMarked = (before: Marked['before']): Promise<Answer<unknown>> =>
  api.post('/api/me/watched/undo', { before });
