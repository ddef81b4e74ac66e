/** How the viewer's site may look: dark unless somebody chooses otherwise; `system` is light or dark as their device is. */
export const themes = ['dark', 'light', 'system'] as const;
export type Theme = (typeof themes)[number];

/** Where the choice of theme and language is sent, as a form: it works without script. */
export const displayPath = '/display';
/** Where a form signs out; `next` says where to go then. */
export const signOutPath = '/sign-out';
