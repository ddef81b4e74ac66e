import HlsJs, { ErrorTypes, Events, type ErrorData } from 'hls.js';
import { alternatives } from './alternatives.ts';
import type { Engine, EngineOptions, Failure, Running } from './engine.ts';

/** A decoder that failed is given a fresh start this often, at least this many milliseconds apart. */
const RECOVERIES = 2;
const RECOVERY_GAP = 5_000;

/** hls.js over Media Source Extensions. The only place that knows hls.js. */
export function startHls({
  video,
  running = null,
  masterUrl,
  credentials = false,
  startAt,
  onTracks,
  onFailure,
}: EngineOptions): Engine {
  const site = new URL(masterUrl).origin;
  const hls = new HlsJs({
    // Of the CDN only: our own playlists and keys go by their address, and their `*` takes no credentials (Fetch §3.3.5).
    xhrSetup: (xhr, url) => {
      xhr.withCredentials = credentials && new URL(url).origin !== site;
    },
    // Its worker would be fetched from a blob: address, which the content security policy forbids; fragmented MP4
    // needs no transmuxing, and AES runs in WebCrypto off the main thread anyway.
    enableWorker: false,
    startPosition: startAt,
    capLevelToPlayerSize: true,
    backBufferLength: 60,
  });
  const recover = recovery(hls);
  hls.on(Events.ERROR, (_event, error) => {
    if (!error.fatal || (error.type === ErrorTypes.MEDIA_ERROR && recover(performance.now()))) return;
    hls.stopLoad();
    onFailure(failureOf(error));
  });
  hls.on(Events.MANIFEST_PARSED, onTracks);
  // Another codec or group of sound has other alternatives.
  hls.on(Events.LEVEL_SWITCHING, onTracks);
  hls.on(Events.AUDIO_TRACKS_UPDATED, onTracks);
  hls.on(Events.AUDIO_TRACK_SWITCHED, onTracks);
  hls.loadSource(masterUrl);
  hls.attachMedia(running ? takenOver(video, running) : video);

  return {
    qualities: () =>
      alternatives(hls.levels, hls.loadLevel).flatMap((index) => {
        const level = hls.levels[index];
        if (!level) return [];
        const { width, height, bitrate } = level;
        return [{ id: String(index), width, height, bitrate }];
      }),
    get quality() {
      // What was chosen. `nextLevel` reads as what is buffered next, which is still the old one; the menu would choose that again.
      return hls.manualLevel === -1 ? null : String(hls.manualLevel);
    },
    set quality(id) {
      hls.nextLevel = id === null ? -1 : Number(id);
      onTracks();
    },
    audio: () =>
      hls.audioTracks.map(({ id, name, lang }) => ({
        id: String(id),
        label: name,
        language: lang ?? 'und',
        enabled: id === hls.audioTrack,
      })),
    chooseAudio: (id) => {
      hls.audioTrack = Number(id);
    },
    destroy: () => hls.destroy(),
  };
}

/** In hls.js's own words: as if another instance handed its media over (`transferMedia`). */
const takenOver = (media: HTMLMediaElement, { mediaSource, tracks }: Running) => ({
  media,
  mediaSource,
  tracks: Object.fromEntries(
    Object.entries(tracks).map(([kind, track]) => [
      kind,
      { id: kind === 'audio' ? ('audio' as const) : ('main' as const), listeners: [], ...track },
    ]),
  ),
});

/** hls.js's advice for decoder trouble: reset the MediaSource; give up when that does not help. */
function recovery(hls: HlsJs): (now: number) => boolean {
  let tries = 0;
  let last = -Infinity;
  return (now) => {
    if (tries >= RECOVERIES || now - last < RECOVERY_GAP) return false;
    tries += 1;
    last = now;
    hls.recoverMediaError();
    return true;
  };
}

function failureOf({ type, response }: ErrorData): Failure {
  if (type !== ErrorTypes.NETWORK_ERROR) return 'media';
  return response?.code && response.code >= 400 && response.code < 500 ? 'refused' : 'network';
}
