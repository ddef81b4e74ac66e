/**
 * Told to the window before somebody signs out: what they have under way says its goodbye while it still may. Afterwards its stream
 * would hold a place of the account until it runs out.
 */
export const SIGNING_OUT = 'signing-out';
