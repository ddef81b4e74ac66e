import type { Engine, EngineOptions, Failure } from './engine.ts';
import { named } from './labels.ts';

const failures: Record<number, Failure> = { [MediaError.MEDIA_ERR_NETWORK]: 'network' };

const isText = ({ kind }: TextTrack) => kind === 'subtitles' || kind === 'captions';

/**
 * A browser that plays HLS by itself and has no Media Source Extensions: an older iPhone. It chooses the quality alone, and plays breaks as
 * the playlist says, within its own picture and its own rules (RFC 8216bis, Appendix D); of that it tells a page nothing.
 */
export function startNative({ video, play, startAt, onTracks, onFailure }: EngineOptions): Engine {
  const failed = () => onFailure(failures[video.error?.code ?? 0] ?? 'media');
  video.addEventListener('error', failed);
  if (startAt > 0)
    video.addEventListener('loadedmetadata', () => (video.currentTime = startAt), { once: true });
  const showing = () => [...video.textTracks].find((track) => isText(track) && track.mode === 'showing');
  const show = (id: string | null) => {
    const wanted = id === null ? null : play.subtitles.find((track) => track.id === id);
    for (const track of video.textTracks)
      if (isText(track))
        track.mode = wanted && named(play.subtitles, track.label)?.id === wanted.id ? 'showing' : 'disabled';
  };
  video.textTracks.addEventListener('change', onTracks);
  video.addEventListener('loadedmetadata', () => show(play.chosen.subtitles), { once: true });
  video.src = play.masterUrl;
  return {
    qualities: () => [],
    quality: null,
    audio: () => [],
    chooseAudio: () => undefined,
    get subtitles() {
      const track = showing();
      return (track && named(play.subtitles, track.label)?.id) ?? null;
    },
    set subtitles(id) {
      show(id);
    },
    watched: () => null,
    breaks: null,
    retry: () => {
      const at = video.currentTime;
      video.load();
      video.addEventListener('loadedmetadata', () => (video.currentTime = at), { once: true });
    },
    destroy: () => {
      video.textTracks.removeEventListener('change', onTracks);
      video.removeEventListener('error', failed);
      video.removeAttribute('src');
      video.load();
    },
  };
}
