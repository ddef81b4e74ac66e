import type { Play } from '../../schema/api/playback.ts';
import type { Episode } from './episode.ts';
import { markerAt, offersNextFrom, skipsItself } from './markers.ts';
import { tellSystem } from './media-session.ts';
import { offerNext } from './next-card.ts';
import { offerSkips, type Skips } from './skip.ts';
import type { Stage } from './stage.ts';
import { showStoryboard } from './storyboard.ts';

/**
 * What belongs to one play: pictures on the seek bar, skipping, the next episode, the system's keys.
 * @param go to another episode
 * @param signal the play is over
 */
export function playParts(
  stage: Stage,
  { episode, play, go }: { episode: Episode; play: Play; go: (episodeId: string) => void },
  signal: AbortSignal,
): Skips {
  const { markers, duration, storyboard } = play;
  const { previous, next } = episode;
  const from = offersNextFrom(markers, duration);
  /** The last thing there is: skipping it means the next episode, or the end. */
  const last = (at: number) => {
    const marker = markerAt(markers, at);
    return marker?.kind === 'ending' && marker.start >= from ? marker : null;
  };
  const ending = last(from);
  tellSystem(
    stage,
    episode,
    {
      previous: previous && (() => go(previous.id)),
      next: next && (() => go(next.id)),
    },
    signal,
  );
  void showStoryboard(stage.video, storyboard?.url ?? null, signal);
  if (next) {
    const quick = ending !== null && skipsItself(ending);
    offerNext(stage, next, { from, quick }, () => go(next.id), signal);
  }
  return offerSkips(stage, markers, (marker) => marker === ending, signal);
}
