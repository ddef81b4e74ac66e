/**
 * How much of what people type search must find (queries.test.ts): the share whose title is among the first ten, and the mean of one by
 * its place. Floors that only go up: who makes search better writes the new figures here, and nobody lowers them.
 */
export const ratchet: Readonly<Record<string, { hit: number; mrr: number }>> = {
  exact: { hit: 1, mrr: 1 },
  abbreviation: { hit: 1, mrr: 0.979 },
  romaji: { hit: 1, mrr: 1 },
  season: { hit: 1, mrr: 0.963 },
  roman: { hit: 1, mrr: 1 },
  width: { hit: 1, mrr: 0.925 },
  words: { hit: 1, mrr: 0.905 },
  typo: { hit: 1, mrr: 0.906 },
  'any name': { hit: 1, mrr: 1 },
  beginning: { hit: 1, mrr: 0.831 },
  'one typo': { hit: 1, mrr: 1 },
  'two typos': { hit: 1, mrr: 0.961 },
  'four letters of Japanese': { hit: 1, mrr: 0.708 },
  'two kanji': { hit: 1, mrr: 0.66 },
};
