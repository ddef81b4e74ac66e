import { makeId, type Id, type IdKind } from '../../schema/ids.ts';

/** Time and randomness, as values for pure rules. */
export const now = (): number => Date.now();
export const newId = <K extends IdKind>(kind: K): Id<K> =>
  makeId(kind, now(), crypto.getRandomValues(new Uint8Array(13)));
