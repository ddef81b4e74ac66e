/** What moved in the ledger: `dispute` takes money away until it is won. */
export const entryKinds = ['payment', 'refund', 'dispute', 'dispute-won'] as const;
export type EntryKind = (typeof entryKinds)[number];
