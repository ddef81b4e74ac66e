import type { Role } from '../../../schema/api/accounts.ts';
import { needKinds, type Need, type Needing, type NeedKind } from '../../../schema/api/overview.ts';

/** How many of a kind are counted; one more says that there are more. */
export const COUNTED = 100;
/** How many are shown. */
const SHOWN = 3;

/** Whose work each kind is, besides an admin’s. */
const whose: Record<NeedKind, 'editor' | 'moderator' | 'admin'> = {
  'failed-jobs': 'editor',
  'publish-refused': 'editor',
  airing: 'editor',
  ready: 'editor',
  'licences-ending': 'editor',
  notices: 'moderator',
  posterless: 'editor',
  backdropless: 'editor',
  sweeps: 'admin',
  'dead-events': 'admin',
  drift: 'admin',
};
/** The kinds that somebody with this role can do something about, the most pressing first. */
export const kindsFor = (role: Role): NeedKind[] =>
  needKinds.filter((kind) => role === 'admin' || whose[kind] === role);

/** What a list comes to; null: nothing needs anybody. @param rows in order, at most one more than are counted */
export const needOf = (kind: NeedKind, rows: readonly Needing[]): Need | null =>
  rows.length === 0
    ? null
    : {
        kind,
        count: Math.min(rows.length, COUNTED),
        more: rows.length > COUNTED,
        first: rows.slice(0, SHOWN),
      };
