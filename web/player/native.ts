import type { Engine, EngineOptions, Failure } from './engine.ts';

const failures: Record<number, Failure> = { [MediaError.MEDIA_ERR_NETWORK]: 'network' };

/** A browser that plays HLS by itself and has no Media Source Extensions: an older iPhone. It chooses the quality alone. */
export function startNative({ video, masterUrl, startAt, onFailure }: EngineOptions): Engine {
  const failed = () => onFailure(failures[video.error?.code ?? 0] ?? 'media');
  video.addEventListener('error', failed);
  if (startAt > 0)
    video.addEventListener('loadedmetadata', () => (video.currentTime = startAt), { once: true });
  video.src = masterUrl;
  return {
    qualities: () => [],
    quality: null,
    audio: () => [],
    chooseAudio: () => undefined,
    destroy: () => {
      video.removeEventListener('error', failed);
      video.removeAttribute('src');
      video.load();
    },
  };
}
