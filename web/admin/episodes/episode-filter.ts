export const episodeStates = ['without-media', 'ready', 'published'] as const;
/** What the list of all episodes is narrowed by; it stands in the address, so that a list can be kept and sent. */
export type EpisodeFilter = { q?: string; state?: (typeof episodeStates)[number]; airs?: 'soon' };

export function episodeFilterOf(query: URLSearchParams): EpisodeFilter {
  const q = query.get('q')?.trim();
  const state = episodeStates.find((one) => one === query.get('state'));
  return {
    ...(q ? { q } : {}),
    ...(state ? { state } : {}),
    ...(query.get('airs') === 'soon' ? { airs: 'soon' } : {}),
  };
}
