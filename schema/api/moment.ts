import * as v from 'valibot';

/** The latest that a Date holds (ECMA-262 §21.4.1.1), ms UTC: whatever is later throws where it is written out. */
export const LATEST = 8.64e15;
/** A time that is sent to us, ms UTC. */
export const Moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LATEST));
