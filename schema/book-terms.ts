/**
 * What moved in the ledger. `refund-failed`: its bank sent it back, days after it had been given; `dispute` takes money away until it is won.
 */
export const entryKinds = ['payment', 'refund', 'refund-failed', 'dispute', 'dispute-won'] as const;
export type EntryKind = (typeof entryKinds)[number];
