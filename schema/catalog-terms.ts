// The closed lists of the catalogue. Apart from the shapes, so that a page that offers them does not carry valibot.
export const titleKinds = ['series', 'movie', 'ova', 'ona', 'special'] as const;
export const titleStatuses = ['announced', 'airing', 'finished', 'hiatus'] as const;
export const cours = ['winter', 'spring', 'summer', 'autumn'] as const;
export const ageRatings = ['all', '7', '12', '16', '18'] as const;
export const episodeKinds = ['story', 'recap', 'filler', 'special'] as const;
export const imageRoles = ['poster', 'backdrop', 'logo'] as const;
/** Of a title to another one: "the related title is this one's …". */
export const relationKinds = [
  'sequel',
  'prequel',
  'side-story',
  'parent-story',
  'spin-off',
  'summary',
  'alternative',
  'same-world',
] as const;
type RelationKind = (typeof relationKinds)[number];
/**
 * What a title is to another one, where the other one is this one’s `kind`. Whatever belongs to a story has it for its parent,
 * so of a parent it is only known that this one is at its side.
 */
export const inverseRelation: Readonly<Record<RelationKind, RelationKind>> = {
  sequel: 'prequel',
  prequel: 'sequel',
  'side-story': 'parent-story',
  'spin-off': 'parent-story',
  summary: 'parent-story',
  'parent-story': 'side-story',
  alternative: 'alternative',
  'same-world': 'same-world',
};
/** Orders that the episodes of a title can be watched in, beside that of season and number. */
export const orderKinds = ['aired', 'chronological', 'production'] as const;
