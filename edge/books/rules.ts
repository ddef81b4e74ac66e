/** Counts up when the same logs would come out otherwise: a statement says by which rules it was reckoned (docs/books.md). */
export const RULES = 1;
