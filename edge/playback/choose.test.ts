import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audioRoles, subtitleRoles, type AudioRole, type SubtitleRole } from '../../schema/ladder.ts';
import { choose, type AudioTrack, type SubtitleTrack, type Wishes } from './choose.ts';

/** `ja`, `en dub`, `ja main 6ch`: a track in few words, which are its id too. */
const heard = (id: string): AudioTrack => {
  const [language = '', role = 'main', channels = '2ch'] = id.split(' ');
  return { id, language, role: role as AudioRole, channels: Number.parseInt(channels), default: false };
};
const shown = (id: string): SubtitleTrack => {
  const [language = '', role = 'full', flag] = id.split(' ');
  return { id, language, role: role as SubtitleRole, default: flag === 'default' };
};
const wishes = (
  given: Partial<Wishes> & { prefer?: 'sub' | 'dub'; audio?: string[]; subs?: string[] },
): Wishes => ({
  original: given.original ?? 'ja',
  choice: given.choice ?? null,
  preferences: { prefer: given.prefer ?? 'sub', audio: given.audio ?? [], subtitles: given.subs ?? [] },
  speaks: given.speaks ?? [],
});
const track = <R extends AudioRole | SubtitleRole>(language: string, role: R) => ({ language, role });

// A series as it is released: the original, dubs in two languages with their signs, everything else people put into files.
const audio = ['ja', 'en dub', 'de dub', 'ja commentary', 'en description'];
const subtitles = ['en', 'en signs', 'en sdh', 'de', 'de signs', 'pt-BR', 'pt-PT', 'ja sdh', 'fr forced'];

type Case = [
  what: string,
  given: Parameters<typeof wishes>[0],
  audio: string | null,
  subtitles: string | null,
];
const cases: Case[] = [
  ['a sub viewer: the original with all of its dialogue', { prefer: 'sub', subs: ['en'] }, 'ja', 'en'],
  [
    'a dub viewer: the dub with signs and songs',
    { prefer: 'dub', audio: ['en'], subs: ['en'] },
    'en dub',
    'en signs',
  ],
  [
    'a dub viewer whose language reads otherwise',
    { prefer: 'dub', audio: ['de'], subs: ['de', 'en'] },
    'de dub',
    'de signs',
  ],
  [
    'the second language where there is no dub in the first',
    { prefer: 'dub', audio: ['fr', 'de'], subs: ['en'] },
    'de dub',
    'de signs',
  ],
  [
    'a dub viewer without a dub in their languages: the original, read in them',
    { prefer: 'dub', audio: ['fr', 'pt'] },
    'ja',
    'pt-BR',
  ],
  ['subtitles by preference, not by order', { subs: ['de', 'en'] }, 'ja', 'de'],
  ['another region before another language', { subs: ['pt-AO', 'en'] }, 'ja', 'pt-BR'],
  ['the region that was asked for', { subs: ['pt-PT', 'en'] }, 'ja', 'pt-PT'],
  ['nothing said: the original, read in the device’s language', { speaks: ['de'] }, 'ja', 'de'],
  ['nothing said by somebody who speaks the original', { speaks: ['ja'] }, 'ja', null],
  ['a dub wanted, languages not said', { prefer: 'dub', speaks: ['de'] }, 'de dub', 'de signs'],
  ['forced where there is nothing else', { subs: ['fr'] }, 'ja', 'fr forced'],
  ['the device’s language before forced', { subs: ['fr'], speaks: ['en'] }, 'ja', 'en'],
  ['SDH for nobody who did not choose it', { subs: ['ja'] }, 'ja', null],
  [
    'SDH for who chose it',
    { choice: { audio: track('ja', 'main'), subtitles: track('en', 'sdh') } },
    'ja',
    'en sdh',
  ],
  [
    'a description for who chose it',
    { choice: { audio: track('en', 'description'), subtitles: null } },
    'en description',
    null,
  ],
  [
    'the series before the profile',
    { prefer: 'sub', subs: ['en'], choice: { audio: track('de', 'dub'), subtitles: track('de', 'signs') } },
    'de dub',
    'de signs',
  ],
  [
    'none, where none was chosen',
    { subs: ['en'], choice: { audio: track('ja', 'main'), subtitles: null } },
    'ja',
    null,
  ],
  [
    'full subtitles with a dub, where that was chosen',
    { choice: { audio: track('en', 'dub'), subtitles: track('en', 'full') } },
    'en dub',
    'en',
  ],
  [
    'a chosen dub that this episode has not: the original, all of it, in its language',
    { subs: ['de'], choice: { audio: track('pt', 'dub'), subtitles: null } },
    'ja',
    'de',
  ],
  [
    'the same without preferences',
    { choice: { audio: track('pt', 'dub'), subtitles: track('pt', 'signs') } },
    'ja',
    'pt-BR',
  ],
  [
    'the original among wanted languages says nothing of who understands it',
    { prefer: 'dub', audio: ['fr', 'ja'], speaks: ['en'] },
    'ja',
    'en',
  ],
  [
    'chosen subtitles that this episode has not: what is preferred',
    { subs: ['de'], choice: { audio: track('ja', 'main'), subtitles: track('it', 'full') } },
    'ja',
    'de',
  ],
];

describe('what is heard and read', () => {
  it.each(cases)('%s', (_, given, hears, reads) => {
    const tracks = { audio: audio.map(heard), subtitles: subtitles.map(shown) };
    expect(choose(tracks, wishes(given))).toEqual({ audio: hears, subtitles: reads });
  });

  const only = (sounds: string[], texts: string[], given: Parameters<typeof wishes>[0]) =>
    choose({ audio: sounds.map(heard), subtitles: texts.map(shown) }, wishes(given));

  it('a licence without the original: its dub, and all of its dialogue for who does not understand that', () => {
    expect(only(['de dub'], ['en', 'de signs'], { subs: ['en'] })).toEqual({
      audio: 'de dub',
      subtitles: 'en',
    });
    expect(only(['de dub'], ['en', 'de signs'], { subs: ['de'] })).toEqual({
      audio: 'de dub',
      subtitles: 'de signs',
    });
  });

  it('an original that is not Japanese', () => {
    const given = { original: 'zh', prefer: 'sub' as const, subs: ['en'] };
    expect(only(['ja dub', 'zh'], ['en'], given)).toEqual({ audio: 'zh', subtitles: 'en' });
    expect(only(['zh-Hans'], ['zh-Hans', 'zh-Hant'], { ...given, subs: ['zh-Hant-TW'] }).subtitles).toBe(
      'zh-Hant',
    );
  });

  it('stereo, which players turn into its surround twin by themselves', () => {
    expect(only(['ja main 6ch', 'ja main 2ch'], [], {}).audio).toBe('ja main 2ch');
  });

  it('a commentary where nothing else may be heard; nothing where nothing is there', () => {
    expect(only(['ja commentary'], [], {}).audio).toBe('ja commentary');
    expect(only([], [], {})).toEqual({ audio: null, subtitles: null });
  });

  it('what the editor marked, for who said nothing that is there', () => {
    expect(only(['ja'], ['en', 'de full default'], { speaks: ['fr'] }).subtitles).toBe('de full default');
  });
});

describe('whatever there is, and whatever is wished', () => {
  const language = fc.constantFrom('ja', 'en', 'en-GB', 'de', 'pt-BR', 'pt-PT', 'zh-Hans', 'und');
  const audioTrack = fc.record({
    id: fc.uuid(),
    language,
    role: fc.constantFrom(...audioRoles),
    channels: fc.constantFrom(2, 6),
    default: fc.boolean(),
  });
  const subtitleTrack = fc.record({
    id: fc.uuid(),
    language,
    role: fc.constantFrom(...subtitleRoles),
    default: fc.boolean(),
  });
  const some = <T extends { id: string }>(one: fc.Arbitrary<T>) =>
    fc.uniqueArray(one, { maxLength: 8, selector: ({ id }) => id });
  const languages = fc.array(language, { maxLength: 3 });
  const wished: fc.Arbitrary<Wishes> = fc.record({
    original: language,
    choice: fc.option(
      fc.record({
        audio: fc.option(fc.record({ language, role: fc.constantFrom(...audioRoles) })),
        subtitles: fc.option(fc.record({ language, role: fc.constantFrom(...subtitleRoles) })),
      }),
    ),
    preferences: fc.record({
      prefer: fc.constantFrom('sub' as const, 'dub' as const),
      audio: languages,
      subtitles: languages,
    }),
    speaks: languages,
  });
  const shuffled = fc.tuple(some(audioTrack), some(subtitleTrack)).chain(([sounds, texts]) =>
    fc.tuple(
      fc.constant({ audio: sounds, subtitles: texts }),
      fc.record({
        audio: fc.shuffledSubarray(sounds, { minLength: sounds.length }),
        subtitles: fc.shuffledSubarray(texts, { minLength: texts.length }),
      }),
    ),
  );

  it('the order of the tracks changes nothing', () => {
    fc.assert(
      fc.property(shuffled, wished, ([tracks, others], given) => {
        expect(choose(others, given)).toEqual(choose(tracks, given));
      }),
      { numRuns: 2000 },
    );
  });

  const nowhere = (id: string | null, tracks: readonly { id: string }[]) =>
    id !== null && !tracks.some((track) => track.id === id);

  it('only tracks that are permitted; something sounds wherever anything may', () => {
    fc.assert(
      fc.property(some(audioTrack), some(subtitleTrack), wished, (sounds, texts, given) => {
        const chosen = choose({ audio: sounds, subtitles: texts }, given);
        expect(chosen.audio === null).toBe(sounds.length === 0);
        expect(nowhere(chosen.audio, sounds) || nowhere(chosen.subtitles, texts)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('SDH, descriptions and commentaries only for those who chose them, or where nothing else may be heard', () => {
    fc.assert(
      fc.property(some(audioTrack), some(subtitleTrack), wished, (sounds, texts, given) => {
        const chosen = choose({ audio: sounds, subtitles: texts }, given);
        const usual = (role: string | undefined) => role === 'main' || role === 'dub';
        const heardRole = sounds.find(({ id }) => id === chosen.audio)?.role;
        const forced = !sounds.some(({ role }) => usual(role));
        expect(forced || usual(heardRole) || heardRole === given.choice?.audio?.role).toBe(true);
        const readRole = texts.find(({ id }) => id === chosen.subtitles)?.role;
        expect(readRole !== 'sdh' || given.choice?.subtitles?.role === 'sdh').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
