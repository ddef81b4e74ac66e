import type { Marker } from '../../schema/media-facts.ts';

/** Less of a marker than this left, in seconds, is not worth a button. */
const WORTH_SKIPPING = 1.5;
/** Seconds before the end at which the next episode is offered, where no ending is known. */
const BEFORE_THE_END = 15;
/** What follows the ending and is no longer than this is a sponsor's card, not a scene. */
const NO_SCENE = 20;

/** The marker that a viewer is in, and could skip. */
export const markerAt = (markers: readonly Marker[], at: number): Marker | null =>
  markers.find(({ start, end }) => at >= start && at < end - WORTH_SKIPPING) ?? null;

/**
 * Whether it is skipped without being asked for. Where an opening or ending is heard for the first time in its season people want
 * to see it; previews are for those who leave, and the others stay for them.
 */
export const skipsItself = ({ kind, first }: Marker): boolean => !first && kind !== 'preview';

/** Seconds: from when on the next episode is offered. The start of an ending that nothing but a preview follows, or near the end. */
export function offersNextFrom(markers: readonly Marker[], duration: number): number {
  const ending = markers.findLast(({ kind }) => kind === 'ending');
  const near = Math.max(0, duration - BEFORE_THE_END);
  if (!ending) return near;
  const preview = markers.find(({ kind, start }) => kind === 'preview' && start >= ending.end - 1);
  const shown = preview && preview.start - ending.end < NO_SCENE ? preview.end : ending.end;
  return duration - shown <= NO_SCENE ? Math.min(ending.start, near) : near;
}
