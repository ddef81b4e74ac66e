import type { relationKinds } from '../../schema/catalog-terms.ts';

export type RelationKind = (typeof relationKinds)[number];

/**
 * What this title is to the other one, where the other one is this one’s `kind`. Whatever belongs to a story has it for its parent,
 * so of a parent it is only known that this one is at its side.
 */
const inverse: Record<RelationKind, RelationKind> = {
  sequel: 'prequel',
  prequel: 'sequel',
  'side-story': 'parent-story',
  'spin-off': 'parent-story',
  summary: 'parent-story',
  'parent-story': 'side-story',
  alternative: 'alternative',
  'same-world': 'same-world',
};
export const inverseOf = (kind: RelationKind): RelationKind => inverse[kind];
