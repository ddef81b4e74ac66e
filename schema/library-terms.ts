// The closed lists of the library. Apart from the shapes, so that a page that offers them does not carry valibot.
export const watchStates = ['planning', 'watching', 'completed', 'paused', 'dropped'] as const;
export type WatchState = (typeof watchStates)[number];
/** Scores are whole numbers from 1 to 10; null: none given. */
export const MAX_SCORE = 10;
/** Characters. */
export const MAX_NOTES = 2_000;
/** Of one title; what can be marked watched at once. The longest series there are have fewer. */
export const MAX_EPISODES = 5_000;
