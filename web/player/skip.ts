import type { Marker } from '../../schema/media-facts.ts';
import { make, makeButton } from './make.ts';
import { markerAt, skipsItself } from './markers.ts';
import { preferences } from './preferences.ts';
import type { Stage } from './stage.ts';

const labels = {
  opening: 'skip.opening',
  ending: 'skip.ending',
  recap: 'skip.recap',
  preview: 'skip.preview',
} as const;

export type Skips = {
  /** Skips what the viewer is in. @returns whether there was anything */
  skip(): boolean;
};

/**
 * Offers to skip openings, endings, recaps and previews, or skips them where this device is to. Each is skipped by itself once a play:
 * who goes back into it wants to see it.
 * @param stays a marker that is not skipped by itself, as the next episode is offered in its place
 */
export function offerSkips(
  { root, film, words: { t }, say }: Stage,
  markers: readonly Marker[],
  stays: (marker: Marker) => boolean,
  signal: AbortSignal,
): Skips {
  const over = new Set<Marker>();
  const box = make('div', 'skips');
  root.append(box);
  let offered: Marker | null = null;
  const leap = ({ end }: Marker) => (film.currentTime = Math.min(end, film.duration || end));
  const look = () => {
    const marker = markerAt(markers, film.currentTime);
    if (
      marker &&
      preferences().skip &&
      skipsItself(marker) &&
      !stays(marker) &&
      !over.has(marker) &&
      !film.paused
    ) {
      over.add(marker);
      leap(marker);
      say(t('skip.done', { what: t(`marker.${marker.kind}`) }));
      return;
    }
    if (marker === offered) return;
    offered = marker;
    const held = box.contains(document.activeElement);
    box.replaceChildren();
    if (marker)
      box.append(
        makeButton('button--outline', t(labels[marker.kind]), () => {
          over.add(marker);
          leap(marker);
        }),
      );
    else if (held) root.querySelector<HTMLElement>('media-controller')?.focus(); // not lost to the page with the button
  };
  for (const event of ['timeupdate', 'seeked'] as const) film.addEventListener(event, look, { signal });
  signal.addEventListener('abort', () => box.remove());
  return {
    skip: () => {
      const marker = markerAt(markers, film.currentTime);
      if (marker) leap(marker);
      return marker !== null;
    },
  };
}
