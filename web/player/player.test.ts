import { describe, expect, it } from 'vitest';
import { problemDocument } from '../testing/problem.ts';
import { playerEn } from '../i18n/player.en.ts';
import { translator } from '../i18n/i18n.ts';
import { here } from '../testing/here.ts';
import type { Engine } from './engine.ts';
import { menuLabels, named, trackLabel, type Track } from './labels.ts';
import { playerState } from './state.ts';
import { trackFacts } from './tracks.ts';
import { refusedPlay, stoppedPlay } from './trouble.ts';

const words = { t: translator<typeof playerEn>(playerEn, 'en'), language: 'en' as const };
const track = (given: Partial<Track>): Track => ({
  id: 'a1',
  language: 'ja',
  name: 'Japanese',
  role: 'main',
  ...given,
});

describe('what the player is doing', () => {
  const media = { paused: false, ended: false, readyState: 4, seeking: false };
  it.each([
    [media, false, 'playing'],
    [{ ...media, paused: true }, false, 'paused'],
    [{ ...media, readyState: 1 }, false, 'loading'],
    [{ ...media, paused: true, readyState: 0 }, false, 'loading'],
    [{ ...media, seeking: true }, false, 'loading'],
    [{ ...media, paused: true, ended: true }, false, 'ended'],
    [media, true, 'error'],
  ] as const)('%j, in trouble %j: %s', (state, trouble, word) => {
    expect(playerState.get(state, trouble)).toBe(word);
  });
});

describe('the table of facts', () => {
  const engine = (): Engine => {
    let audio = '0';
    return {
      qualities: () => [
        { id: '0', width: 640, height: 360, bitrate: 1 },
        { id: '1', width: 1280, height: 720, bitrate: 2 },
      ],
      quality: null,
      audio: () => ['0', '1'].map((id) => ({ id, language: 'ja', enabled: id === audio })),
      chooseAudio: (id) => (audio = id),
      subtitles: null,
      watched: () => null,
      breaks: null,
      retry: () => undefined,
      destroy: () => undefined,
    };
  };

  const byHand: string[] = [];
  const others = { audioLabel: (id: string) => `Track ${id}`, onAudio: (id: string) => byHand.push(id) };

  it('reads the engine, and keeps nothing', () => {
    let current: Engine | null = null;
    const facts = trackFacts({ engine: () => current, chapters: () => [], ...others });
    expect(facts.mediaRenditionList.get()).toEqual([]);
    expect(facts.mediaRenditionUnavailable.get()).toBe('unavailable');
    current = engine();
    expect(facts.mediaRenditionList.get()).toHaveLength(2);
    expect(facts.mediaRenditionUnavailable.get()).toBeUndefined();
    expect(facts.mediaRenditionSelected.get()).toBeUndefined();
  });

  it('changes the engine', () => {
    const current = engine();
    const facts = trackFacts({ engine: () => current, chapters: () => [], ...others });
    facts.mediaRenditionSelected.set('1');
    expect(current.quality).toBe('1');
    facts.mediaRenditionSelected.set('auto');
    expect(current.quality).toBeNull();
    facts.mediaAudioTrackEnabled.set('1');
    expect(facts.mediaAudioTrackEnabled.get()).toBe('1');
    expect(facts.mediaAudioTrackList.get()).toMatchObject([{ label: 'Track 0' }, { label: 'Track 1' }]);
    expect(byHand).toEqual(['1']); // to be remembered
  });

  it('has the chapters as cues', () => {
    const chapters = [{ start: 0, end: 90, title: 'Opening' }];
    const facts = trackFacts({ engine: () => null, chapters: () => chapters, ...others });
    expect(facts.mediaChaptersCues.get()).toEqual([{ text: 'Opening', startTime: 0, endTime: 90 }]);
  });
});

describe('what tracks are called', () => {
  it('by their language, and by their role where it is not the usual one', () => {
    expect(trackLabel(track({}), words)).toBe('Japanese');
    expect(trackLabel(track({ language: 'en', role: 'dub' }), words)).toBe('English (dub)');
    expect(trackLabel(track({ language: 'und' }), words)).toBe('Language unknown');
  });

  it('found by the name in the playlist, which carries the id where names repeat', () => {
    const tracks = [
      track({ id: 's-en', language: 'en', name: 'English', role: 'full' }),
      track({ id: 's-en-2', language: 'en', name: 'English', role: 'sdh' }),
    ];
    const label = menuLabels(tracks, words);
    expect(named(tracks, 'English')?.id).toBe('s-en');
    expect(label(named(tracks, 'English (s-en-2)')!.id)).toBe('English (for the deaf and hard of hearing)');
    expect(named(tracks, 'Auto')).toBeUndefined();
  });

  it('with their own names added where two would be called the same', () => {
    const label = menuLabels([track({ name: 'Stereo' }), track({ id: 'a2', name: 'Surround' })], words);
    expect([label('a1'), label('a2')]).toEqual(['Japanese · Stereo', 'Japanese · Surround']);
  });

  it('surround is told from its stereo twin', () => {
    const twins = [
      { ...track({}), channels: 2 },
      { ...track({ id: 'a1-surround' }), channels: 6 },
    ];
    const label = menuLabels(twins, words);
    expect([label('a1'), label('a1-surround')]).toEqual(['Japanese', 'Japanese · 5.1']);
  });
});

describe('what went wrong', () => {
  it.each([
    ['not-signed-in', 'sign-in', 'Sign in to continue'],
    ['not-in-territory', 'back', 'Not available where you are'],
    ['not-yet', 'back', 'Not released yet'],
    ['unavailable', 'retry', 'A part of the house is not answering'],
  ] as const)('%s offers %s', (code, way, title) => {
    expect(refusedPlay(here(), words, problemDocument(code))).toMatchObject({ way, title });
  });

  it.each(['network', 'refused', 'media'] as const)(
    'a play that stopped for %s can be tried again',
    (failure) => {
      expect(stoppedPlay(words, failure).way).toBe('retry');
    },
  );
});
