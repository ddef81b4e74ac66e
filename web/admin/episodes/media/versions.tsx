import { lazy } from '../../lazy.tsx';

/** An episode's versions, tracks and markers: they bring their words along. */
export const EpisodeMediaSections = lazy(async (language) => {
  const { sections } = await import('./sections.tsx');
  return sections(language);
});
