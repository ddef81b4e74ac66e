import type { Play, TrackChoice } from '../../schema/api/playback.ts';

type Tracks = Pick<Play, 'audio' | 'subtitles'>;

/** What tracks are, to be found in every episode of the series and on every device (docs/adr/0058). */
export function choiceOf(tracks: Tracks, audio: string | null, subtitles: string | null): TrackChoice {
  const [sound, text] = [
    tracks.audio.find(({ id }) => id === audio),
    tracks.subtitles.find(({ id }) => id === subtitles),
  ];
  return {
    audio: sound ? { language: sound.language, role: sound.role } : null,
    subtitles: text ? { language: text.language, role: text.role } : null,
  };
}

/** What the server chose, in as many channels as this device is set up for: it knows viewers, not their rooms. */
export function inThisRoom(
  { audio, chosen }: Tracks & Pick<Play, 'chosen'>,
  surround: boolean,
): Play['chosen'] {
  const sound = audio.find(({ id }) => id === chosen.audio);
  if (!surround || !sound) return chosen;
  const twin = audio.find(
    ({ language, role, name, channels }) =>
      language === sound.language && role === sound.role && name === sound.name && channels > sound.channels,
  );
  return { ...chosen, audio: twin?.id ?? sound.id };
}
