import * as v from 'valibot';

/**
 * The end of the year 9999, ms UTC: what is later has no place in RFC 3339 and RFC 5545, whose years have four digits, and what a Date does
 * not hold throws where it is written out.
 */
export const LATEST = 253_402_300_799_999;
/** A time that is sent to us, ms UTC. */
export const Moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LATEST));
