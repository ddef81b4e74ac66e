const DAY = 86_400;

/**
 * When a payment that has failed is tried again, s; null: not any more.
 * @param attempts how often it has been tried @param days from one attempt to the next
 */
export const nextAttempt = (attempts: number, days: number[], at: number): number | null => {
  const wait = days[attempts - 1];
  return wait === undefined ? null : at + wait * DAY;
};

/** Of Stripe's recommended schedule: eight tries within two weeks are its limit, four its habit. */
export const RETRY_DAYS = [3, 5, 7];
