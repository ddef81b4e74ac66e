import type { JobCard } from '../../../schema/api/ingest.ts';
import type { AdminEpisode } from '../../../schema/api/editing.ts';
import { useDesk } from '../desk.ts';
import { State, type Tone } from '../parts.tsx';
import { episodeState, type EpisodeState } from './episode-state.ts';

const tones: Record<EpisodeState['kind'], Tone> = {
  empty: 'quiet',
  unknown: 'quiet',
  running: 'busy',
  ready: 'warning',
  published: 'good',
  failed: 'danger',
  cancelled: 'quiet',
};

/** The state of an episode's newest video, and whether viewers have an older one meanwhile. */
export function EpisodeStateTag({ episode, job }: { episode: AdminEpisode; job: JobCard | null }) {
  const { t, format } = useDesk();
  const state = episodeState(episode, job);
  const word =
    state.kind === 'running'
      ? t('episodeState.running', {
          state: t(`jobState.${state.state}`),
          percent: format.percent(state.progress),
        })
      : t(`episodeState.${state.kind}`);
  const older = episode.assetId !== null && state.kind !== 'published' && state.kind !== 'unknown';
  return (
    <>
      <State tone={tones[state.kind]}>{word}</State>
      {older && <span class="faint small"> {t('episodeState.also')}</span>}
    </>
  );
}
