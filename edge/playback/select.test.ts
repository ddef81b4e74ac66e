import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { packageFor } from './playback.fixture.ts';
import { licensed, select, type Terms } from './select.ts';

const pkg = packageFor('ast_0000');
const open: Terms = { maxHeight: null, audio: null, subtitles: null };
const names = (terms: Partial<Terms>) => {
  const chosen = select(pkg, { ...open, ...terms });
  return chosen && [...chosen.video, ...chosen.audio, ...chosen.subtitles].map(({ id }) => id).join(' ');
};

it('gives everything to an open grant', () => {
  expect(names({})).toBe('v360 v720 v1080 a0-ja a1-en s0-en s1-pt-br');
});
it('caps the picture, and includes the rung at the cap', () => {
  expect(names({ maxHeight: 720 })).toBe('v360 v720 a0-ja a1-en s0-en s1-pt-br');
  expect(names({ maxHeight: 719 })).toBe('v360 a0-ja a1-en s0-en s1-pt-br');
});
it('gives nothing where even the lowest rung is above the cap, or no sound is licensed', () => {
  expect(names({ maxHeight: 359 })).toBeNull();
  expect(names({ audio: ['de'] })).toBeNull();
  expect(names({ audio: [] })).toBeNull();
});
it('counts the shorter side of a portrait picture', () => {
  const portrait = { ...pkg, video: [{ ...pkg.video[0]!, width: 720, height: 1280 }] };
  expect(select(portrait, { ...open, maxHeight: 720 })).not.toBeNull();
  expect(select(portrait, { ...open, maxHeight: 719 })).toBeNull();
});
it('keeps licensed languages only, a language with all its regions', () => {
  expect(names({ audio: ['en'], subtitles: ['pt'] })).toBe('v360 v720 v1080 a1-en s1-pt-br');
  expect(names({ subtitles: [] })).toBe('v360 v720 v1080 a0-ja a1-en');
  expect(licensed('pt-BR', ['PT'])).toBe(true);
  expect(licensed('pt', ['pt-BR'])).toBe(false);
  expect(licensed('fil', ['fi'])).toBe(false);
  expect(licensed('und', ['ja'])).toBe(false);
  expect(licensed('und', null)).toBe(true);
});
it('makes the first licensed dub the default where the default is not licensed', () => {
  expect(select(pkg, { ...open, audio: ['en'] })!.audio).toMatchObject([{ id: 'a1-en', default: true }]);
  expect(select(pkg, open)!.audio.map((a) => a.default)).toEqual([true, false]);
});
it('caps every ladder and every rung of a height alike', () => {
  const [low, mid, high] = pkg.video;
  const second = [
    { ...mid!, id: 'v720-low', bandwidth: 900_000 },
    { ...mid!, id: 'v720-av1', codec: 'av01.0.05M.10' },
    { ...high!, id: 'v1080-av1', codec: 'av01.0.08M.10' },
  ];
  const chosen = select({ ...pkg, video: [low!, mid!, high!, ...second] }, { ...open, maxHeight: 720 });
  expect(chosen!.video.map(({ id }) => id)).toEqual(['v360', 'v720', 'v720-low', 'v720-av1']);
});
it('licenses a language in all its channels, and never begins with a commentary where there is more', () => {
  const [ja, en] = pkg.audio;
  const audio = [
    { ...ja!, id: 'a0-ja' },
    { ...ja!, id: 'a1-ja-51', channels: 6, default: false },
    { ...en!, id: 'a2-en-comment', role: 'commentary' as const },
    { ...en!, id: 'a3-en' },
  ];
  const chosen = (languages: string[]) =>
    select({ ...pkg, audio }, { ...open, audio: languages })!.audio.map((a) => `${a.id} ${a.default}`);
  expect(chosen(['ja'])).toEqual(['a0-ja true', 'a1-ja-51 false']);
  expect(chosen(['en'])).toEqual(['a2-en-comment false', 'a3-en true']);
});
it('never lets more through for narrower terms', () => {
  const languages = fc.option(fc.subarray(['ja', 'en', 'pt']));
  const terms = fc.record({
    maxHeight: fc.option(fc.integer({ min: 0, max: 2000 })),
    audio: languages,
    subtitles: languages,
  });
  fc.assert(
    fc.property(terms, (t) => {
      const chosen = select(pkg, t);
      if (!chosen) return;
      expect(chosen.video.length).toBeGreaterThan(0);
      expect(chosen.video.every((r) => t.maxHeight === null || r.height <= t.maxHeight)).toBe(true);
      for (const a of chosen.audio) expect(t.audio ?? [a.language]).toContain(a.language);
      for (const s of chosen.subtitles)
        expect(t.subtitles ?? [s.language, 'pt']).toContain(s.language.slice(0, 2));
    }),
  );
});
