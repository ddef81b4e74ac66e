import type { Here } from '../visit.ts';

export type PlayerOptions = { episodeId: string; name: string; titleSlug: string; here: Here };
export const mountPlayer = (_place: HTMLElement, _options: PlayerOptions) => () => {};
