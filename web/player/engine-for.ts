import type { Engine, EngineOptions } from './engine.ts';

/** Whether we fetch what is played, with cookies if need be. What a browser fetches by itself it also hands to a TV, which has none. */
export const feeds = () => 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;

/** Media Source Extensions first, the browser's own HLS where there are none (ADR 0021). */
export async function engineFor(
  video: HTMLVideoElement,
): Promise<((options: EngineOptions) => Engine) | null> {
  if (feeds()) return (await import('./hls.ts')).startHls;
  if (video.canPlayType('application/vnd.apple.mpegurl')) return (await import('./native.ts')).startNative;
  return null;
}
