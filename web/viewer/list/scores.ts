import { MAX_SCORE } from '../../../schema/library-terms.ts';

/** The best first. */
export const scores = Array.from({ length: MAX_SCORE }, (_, i) => MAX_SCORE - i);
