import type { Play } from '../../schema/api/playback.ts';
import { api } from '../api.ts';
import { choiceOf } from './choice.ts';
import type { Engine } from './engine.ts';
import { menuLabels, named } from './labels.ts';
import { prefer } from './preferences.ts';
import type { Stage } from './stage.ts';

/** How viewers ask for subtitles, of the controls library. */
const SUBTITLES_ASKED = [
  'mediashowsubtitlesrequest',
  'mediadisablesubtitlesrequest',
  'mediatogglesubtitlesrequest',
];

/** What plays right now; null: nothing does. */
export type Now = { engine: Engine; play: Play; titleId: string } | null;

export type Choosing = {
  /** The viewer chose this sound by hand. */
  heard: (audio: string) => void;
  /** Subtitles on or off, by key. */
  toggleSubtitles: () => void;
};

/** What is chosen by hand is kept by the series, on every device; how many channels, by this one. It plays on if that is lost. */
export function choosing(
  { video, words: { t, ...words }, say }: Pick<Stage, 'video' | 'words' | 'say'>,
  controls: EventTarget,
  now: () => Now,
  signal: AbortSignal,
): Choosing {
  const remember = (audio?: string) => {
    const playing = now();
    if (!playing) return;
    const { engine, play, titleId } = playing;
    const sound = audio ?? engine.audio().find(({ enabled }) => enabled)?.id ?? null;
    const showing = [...video.textTracks].find(({ mode, kind }) => mode === 'showing' && kind !== 'metadata');
    const subtitles = (showing && named(play.subtitles, showing.label)?.id) ?? null;
    const choice = choiceOf(play, sound, subtitles);
    void api.post<null>(`/api/me/tracks/${titleId}`, choice, { method: 'PUT', keepalive: true });
  };
  for (const event of SUBTITLES_ASKED)
    controls.addEventListener(event, () => queueMicrotask(() => remember()), { signal }); // once it is done
  return {
    heard: (audio) => {
      const channels = now()?.play.audio.find(({ id }) => id === audio)?.channels ?? 2;
      prefer({ surround: channels > 2 });
      remember(audio);
    },
    toggleSubtitles: () => {
      const playing = now();
      if (!playing?.play.subtitles.length) return;
      const { engine, play } = playing;
      const wanted = engine.subtitles === null ? (play.chosen.subtitles ?? play.subtitles[0]!.id) : null;
      engine.subtitles = wanted;
      remember();
      const name = wanted === null ? null : menuLabels(play.subtitles, { t, ...words })(wanted);
      say(name ? t('said.subtitles', { name }) : t('said.noSubtitles'));
    },
  };
}
