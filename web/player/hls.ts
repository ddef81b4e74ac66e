import HlsJs, { ErrorTypes, Events, type ErrorData, type MediaPlaylist } from 'hls.js';
import { alternatives } from './alternatives.ts';
import { breakPolicy, hlsBreaks } from './hls-breaks.ts';
import type { Engine, EngineOptions, Failure, Running } from './engine.ts';

/** A decoder that failed is given a fresh start this often, at least this many milliseconds apart. */
const RECOVERIES = 2;
const RECOVERY_GAP = 5_000;

/** hls.js over Media Source Extensions. Only this and what is about breaks (hls-breaks.ts) know hls.js. */
export function startHls(options: EngineOptions): Engine {
  const { video, running = null, play, startAt, onTracks, onFailure } = options;
  const site = new URL(play.masterUrl).origin;
  const hls = new HlsJs({
    // Of the CDN only: our own playlists and keys go by their address, and their `*` takes no credentials (Fetch §3.3.5).
    xhrSetup: (xhr, url) => {
      xhr.withCredentials = play.credentials && new URL(url).origin !== site;
    },
    // Its worker would be fetched from a blob: address, which the content security policy forbids; fragmented MP4
    // needs no transmuxing, and AES runs in WebCrypto off the main thread anyway.
    enableWorker: false,
    startPosition: running ? heldFrom(video) : startAt,
    ...(running ? { abrEwmaDefaultEstimate: running.bandwidth } : {}),
    capLevelToPlayerSize: true,
    backBufferLength: 60,
    ...breakPolicy,
  });
  const recover = recovery(hls);
  // First: where a seek leads is decided before hls.js hears of it.
  const breaks = options.breaks ? hlsBreaks(hls, video, running ? 0 : startAt, options.breaks) : null;
  hls.on(Events.ERROR, (_event, error) => {
    if (!error.fatal || (error.type === ErrorTypes.MEDIA_ERROR && recover(performance.now()))) return;
    hls.stopLoad();
    onFailure(failureOf(error));
  });
  hls.on(Events.MANIFEST_PARSED, () => {
    begin(hls, play.chosen);
    onTracks();
  });
  // Another codec or group of sound has other alternatives.
  hls.on(Events.LEVEL_SWITCHING, onTracks);
  hls.on(Events.AUDIO_TRACKS_UPDATED, onTracks);
  hls.on(Events.AUDIO_TRACK_SWITCHED, onTracks);
  hls.on(Events.SUBTITLE_TRACK_SWITCH, onTracks);
  hls.loadSource(play.masterUrl);
  if (running) takeOver(hls, video, running);
  else hls.attachMedia(video);

  const qualities = () =>
    alternatives(hls.levels, hls.loadLevel).flatMap((index) => {
      const level = hls.levels[index];
      if (!level) return [];
      const { width, height, bitrate } = level;
      return [{ id: String(index), width, height, bitrate }];
    });
  return {
    qualities,
    get quality() {
      // What was chosen. `nextLevel` reads as what is buffered next, which is still the old one; the menu would choose that again.
      return hls.manualLevel === -1 ? null : String(hls.manualLevel);
    },
    set quality(id) {
      hls.nextLevel = id === null ? -1 : Number(id);
      onTracks();
    },
    audio: () => {
      const now = hls.audioTracks[hls.audioTrack];
      return everyTrack(hls).map((track) => ({
        id: renditionOf(track),
        language: track.lang ?? 'und',
        enabled: now !== undefined && renditionOf(track) === renditionOf(now),
      }));
    },
    chooseAudio: (id) => {
      const track = everyTrack(hls).find((one) => renditionOf(one) === id);
      if (track) chooseSound(hls, track);
    },
    get subtitles() {
      const track = hls.subtitleTracks[hls.subtitleTrack];
      return track && hls.subtitleDisplay ? renditionOf(track) : null;
    },
    set subtitles(id) {
      hls.subtitleDisplay = true;
      hls.subtitleTrack = hls.subtitleTracks.findIndex((track) => renditionOf(track) === id);
    },
    watched: () => {
      const level = hls.levels[hls.currentLevel];
      return {
        qualities: qualities(),
        shown: level ? String(hls.currentLevel) : null,
        codec: [level?.videoCodec, level?.audioCodec].filter(Boolean).join(', '),
        sizeCap: hls.autoLevelCapping === -1 ? null : String(hls.autoLevelCapping),
        bandwidth: Number.isFinite(hls.bandwidthEstimate) ? hls.bandwidthEstimate : null,
      };
    },
    breaks,
    retry: () => hls.startLoad(),
    destroy: () => hls.destroy(),
  };
}

/** Our playlists are named by the rendition that they list. */
const renditionOf = ({ url }: Pick<MediaPlaylist, 'url'>): string =>
  new URL(url, 'https://none').pathname
    .split('/')
    .at(-1)!
    .replace(/\.m3u8$/, '');

/** Of all groups of sound, each once: a track without a surround twin stands in both (schema/hls-groups.ts). */
const everyTrack = (hls: HlsJs): MediaPlaylist[] => [
  ...new Map(hls.allAudioTracks.map((track) => [renditionOf(track), track])).values(),
];

/** Before anything of them is fetched. */
function begin(hls: HlsJs, { audio, subtitles }: EngineOptions['play']['chosen']): void {
  const sound = everyTrack(hls).find((track) => renditionOf(track) === audio);
  if (sound) chooseSound(hls, sound);
  const shown = hls.allSubtitleTracks.find((track) => renditionOf(track) === subtitles);
  if (shown) hls.setSubtitleOption(shown);
  else hls.subtitleTrack = -1; // what the playlist has as default is for players that know nothing of their viewer
}

/** Another group of sound means another variant, which hls.js finds by this. */
const chooseSound = (hls: HlsJs, { lang, name, channels, characteristics }: MediaPlaylist): void =>
  void hls.setAudioOption({
    name,
    ...(lang === undefined ? {} : { lang }),
    ...(channels === undefined ? {} : { channels }),
    ...(characteristics === undefined ? {} : { characteristics }),
  });

/** Where what is buffered holds the video: its first picture may stand some milliseconds behind 0, and hls.js would fetch that hole. */
function heldFrom({ currentTime, buffered }: HTMLVideoElement): number {
  for (let i = 0; i < buffered.length; i++)
    if (currentTime < buffered.end(i)) return Math.max(currentTime, buffered.start(i));
  return currentTime;
}

/**
 * Goes on with buffers that others filled, in hls.js's own words: as if another instance handed its media over (`transferMedia`). It
 * would take them only once it has parsed segments of its own, and fetch those twice. Told at once what they hold, it finds them
 * filled, and goes on behind.
 */
function takeOver(hls: HlsJs, media: HTMLVideoElement, { mediaSource, tracks }: Running): void {
  const { video, audio } = tracks;
  const known = {
    ...(video && { video: { id: 'main' as const, listeners: [], ...video } }),
    ...(audio && { audio: { id: 'audio' as const, listeners: [], ...audio } }),
  };
  // Attaching, which it says a moment later, makes its parts forget which buffer is theirs.
  hls.once(Events.BUFFER_CREATED, (_event, created) =>
    hls.once(Events.MEDIA_ATTACHED, () => hls.trigger(Events.BUFFER_CREATED, created)),
  );
  hls.attachMedia({ media, mediaSource, tracks: known });
  hls.trigger(Events.BUFFER_CODECS, { ...known }); // it adds to what it is given
}

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
