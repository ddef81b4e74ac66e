import { inverseRelation, type relationKinds } from '../../schema/catalog-terms.ts';

export type RelationKind = (typeof relationKinds)[number];

/** What this title is to the other one, where the other one is this one’s `kind`. */
export const inverseOf = (kind: RelationKind): RelationKind => inverseRelation[kind];
