import * as fc from 'fast-check';
import { M3U8Parser, PlaylistLevelType } from 'hls.js';
import { describe, expect, it } from 'vitest';
import {
  datedIFramePlaylist,
  datedPlaylist,
  iFramePlaylist,
  masterPlaylist,
  mediaPlaylist,
  segmentRates,
  targetDuration,
  type Selection,
} from './hls.ts';
import { audioRoles, subtitleRoles } from './ladder.ts';
import type {
  AudioRendition,
  Segment,
  SubtitleRendition,
  TrickRendition,
  VideoRendition,
} from './package.ts';

/** RFC 8216bis 4.2, read strictly: anything that is not a well-formed attribute list throws. */
function attributes(list: string): Map<string, string> {
  const found = new Map<string, string>();
  const pair = /([A-Z0-9-]+)=("[^"\n\r]*"|[^",\s][^",]*)(?:,|$)/y;
  while (pair.lastIndex < list.length) {
    const match = pair.exec(list);
    if (!match) throw new Error(`not an attribute list: ${list}`);
    if (found.has(match[1]!)) throw new Error(`attribute twice: ${match[1]}`);
    found.set(match[1]!, match[2]!);
  }
  return found;
}
const tagged = (playlist: string, tag: string) =>
  playlist
    .split('\n')
    .filter((line) => line.startsWith(`#${tag}:`))
    .map((line) => attributes(line.slice(tag.length + 2)));

// Durations as media have them, and the ones that sit at the edge of rounding.
const duration = fc.oneof(
  fc.double({ min: 0.01, max: 12, noNaN: true }),
  fc.constantFrom(2, 6, 6.006, 0.5, 1.4999999, 6.4999996, 5.5),
);
const segments: fc.Arbitrary<Segment[]> = fc
  .array(fc.record({ duration, bytes: fc.integer({ min: 16, max: 4e6 }), next: fc.boolean() }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((all) => {
    let period = 0;
    return all.map((s, i) => {
      if (i > 0 && s.next) period += 1;
      return { uri: `v360/${i}.m4s`, duration: s.duration, bytes: s.bytes, period };
    });
  });
const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const anyName = fc.oneof(
  words,
  { weight: 3, arbitrary: fc.constantFrom('English', 'English (a2-x)', 'English (s2-x)') },
  fc.constantFrom('say "hi"', 'two\r\nlines', 'e\u0301'),
);
const language = fc.constantFrom('ja', 'en', 'de', 'pt-BR', 'und');
const media = {
  segments,
  bandwidth: fc.integer({ min: 1000, max: 2e7 }),
  averageBandwidth: fc.integer({ min: 1000, max: 2e7 }),
};
const ids = <T extends object>(prefix: string, all: fc.Arbitrary<T[]>) =>
  all.map((list) => list.map((one, i) => ({ ...one, id: `${prefix}${i}-x` })));
const video: fc.Arbitrary<VideoRendition[]> = ids(
  'v',
  fc.array(
    fc.record({
      ...media,
      codec: fc.constantFrom('avc1.64001e', 'avc1.640028', 'av01.0.04M.10'),
      init: fc.constant({ uri: 'v360/init.mp4', bytes: 800 }),
      width: fc.constantFrom(640, 1920),
      height: fc.constantFrom(360, 1080),
      frameRate: fc.constantFrom<[number, number]>([24_000, 1001], [25, 1], [60, 1]),
    }),
    { minLength: 1, maxLength: 4 },
  ),
);
const audio: fc.Arbitrary<AudioRendition[]> = ids(
  'a',
  fc.array(
    fc.record({
      ...media,
      codec: fc.constantFrom('mp4a.40.2', 'ec-3'),
      init: fc.constant({ uri: 'a0/init.mp4', bytes: 700 }),
      language,
      role: fc.constantFrom(...audioRoles),
      name: anyName,
      channels: fc.constantFrom(2, 6),
      default: fc.boolean(),
      facts: fc.constant(null),
    }),
    { maxLength: 5 },
  ),
);
const subtitles: fc.Arbitrary<SubtitleRendition[]> = ids(
  's',
  fc.array(
    fc.record({
      segments,
      language,
      role: fc.constantFrom(...subtitleRoles),
      name: anyName,
      default: fc.boolean(),
      typeset: fc.constant(null),
    }),
    { maxLength: 5 },
  ),
);
const trick: fc.Arbitrary<TrickRendition[]> = ids(
  't',
  fc.array(
    fc.record({
      ...media,
      codec: fc.constant('avc1.64000c'),
      init: fc.constant({ uri: 't90/init.mp4', bytes: 700 }),
      width: fc.constant(160),
      height: fc.constant(90),
    }),
    { maxLength: 2 },
  ),
);
const selection = fc.record({ video, audio, subtitles, trick }) satisfies fc.Arbitrary<Selection>;
const isAv1 = ({ codec }: VideoRendition) => codec.startsWith('av01');
/** Whether the surround track has a stereo one that says the same of itself, before any other surround track took it. */
const hasTwins = (all: readonly AudioRendition[]) =>
  all.some((a) =>
    all.some(
      (b) =>
        a.channels === 2 &&
        b.channels === 6 &&
        a.language === b.language &&
        a.role === b.role &&
        a.name === b.name,
    ),
  );
const address = (id: string) => `${id}.m3u8`;

describe('the multivariant playlist', () => {
  it('keeps the rules of EXT-X-MEDIA groups', () => {
    fc.assert(
      fc.property(selection, (chosen) => {
        const playlist = masterPlaylist(chosen, address);
        const groups = Map.groupBy(tagged(playlist, 'EXT-X-MEDIA'), (a) => a.get('GROUP-ID')!);
        expect(groups.get('"subtitles"')?.length ?? 0).toBe(chosen.subtitles.length);
        expect(groups.has('"audio-surround"')).toBe(hasTwins(chosen.audio));
        const listed = [...(groups.get('"audio"') ?? []), ...(groups.get('"audio-surround"') ?? [])];
        expect(new Set(listed.map((a) => a.get('URI')))).toEqual(
          new Set(chosen.audio.map(({ id }) => `"${address(id)}"`)),
        );
        const surround = groups.get('"audio-surround"');
        // The same members, alike but for channels and address [4.4.6.1.1].
        const alike = (members: Map<string, string>[] = []) =>
          members.map((a) => [...a].filter(([key]) => !['GROUP-ID', 'CHANNELS', 'URI'].includes(key)));
        expect(alike(surround)).toEqual(surround ? alike(groups.get('"audio"')) : []);
        for (const members of groups.values()) {
          const of = (key: string) => members.map((m) => m.get(key));
          expect(new Set(of('NAME')).size).toBe(members.length);
          const defaults = members.filter((m) => m.get('DEFAULT') === 'YES');
          expect(defaults.length).toBeLessThanOrEqual(1);
          expect(defaults.every((m) => m.get('AUTOSELECT') === 'YES')).toBe(true);
          const told = members
            .filter((m) => m.get('AUTOSELECT') === 'YES')
            .map((m) => [m.get('LANGUAGE'), m.get('FORCED'), m.get('CHARACTERISTICS')].join());
          expect(new Set(told).size).toBe(told.length);
        }
      }),
    );
  });

  it('lists each rung once per audio group, H.264 first, and bounds what a player may fetch', () => {
    fc.assert(
      fc.property(selection, (chosen) => {
        const playlist = masterPlaylist(chosen, address);
        expect(playlist).toMatch(/^#EXTM3U\n/);
        expect(playlist).toBe(playlist.normalize('NFC'));
        expect(playlist.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
        const variants = tagged(playlist, 'EXT-X-STREAM-INF');
        const order = [
          ...chosen.video.filter((rung) => !isAv1(rung)),
          ...chosen.video.filter((rung) => isAv1(rung)),
        ];
        const groups =
          chosen.audio.length === 0
            ? [undefined]
            : ['"audio"', ...(hasTwins(chosen.audio) ? ['"audio-surround"'] : [])];
        const rungs = groups.flatMap((group) => order.map((rung) => ({ group, rung })));
        expect(playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual(
          rungs.map(({ rung }) => address(rung.id)),
        );
        const scored = order.some(isAv1) && !order.every(isAv1);
        for (const [i, variant] of variants.entries()) {
          const { rung, group } = rungs[i]!;
          expect(variant.get('AUDIO')).toBe(group);
          expect(variant.has('SUBTITLES')).toBe(chosen.subtitles.length > 0);
          expect(variant.has('SCORE')).toBe(scored);
          const heard = tagged(playlist, 'EXT-X-MEDIA')
            .filter((a) => a.get('TYPE') === 'AUDIO' && a.get('GROUP-ID') === group)
            .map((a) => chosen.audio.find(({ id }) => a.get('URI') === `"${address(id)}"`)!);
          const codecs = variant.get('CODECS')!.slice(1, -1).split(',');
          expect(new Set(codecs)).toEqual(new Set([rung.codec, ...heard.map((a) => a.codec)]));
          for (const sound of heard.length > 0 ? heard : [{ bandwidth: 0, averageBandwidth: 0 }]) {
            expect(Number(variant.get('BANDWIDTH'))).toBeGreaterThanOrEqual(rung.bandwidth + sound.bandwidth);
            expect(Number(variant.get('AVERAGE-BANDWIDTH'))).toBeGreaterThanOrEqual(
              rung.averageBandwidth + sound.averageBandwidth,
            );
          }
        }
        // More lines are better.
        const lines = (v: Map<string, string>) => Number(v.get('RESOLUTION')!.split('x')[1]);
        const score = (v: Map<string, string>) => Number(v.get('SCORE') ?? 0);
        const best = variants.toSorted((a, b) => score(a) - score(b)).map(lines);
        expect(scored ? best : []).toEqual((scored ? best : []).toSorted((a, b) => a - b));
        expect(tagged(playlist, 'EXT-X-I-FRAME-STREAM-INF').map((a) => a.get('URI'))).toEqual(
          chosen.trick.map(({ id }) => `"${address(id)}"`),
        );
      }),
    );
  });

  it('is read by hls.js as it was meant', () => {
    fc.assert(
      fc.property(selection, (chosen) => {
        const playlist = masterPlaylist(chosen, address);
        const base = 'https://engawa.test/hls/t/master.m3u8';
        const parsed = M3U8Parser.parseMasterPlaylist(playlist, base);
        expect(parsed.playlistParsingError).toBeNull();
        const rungs = new Set(chosen.video.map((rung) => `https://engawa.test/hls/t/${address(rung.id)}`));
        expect(new Set(parsed.levels.map((l) => l.url))).toEqual(rungs);
        expect(parsed.levels).toHaveLength(rungs.size * (hasTwins(chosen.audio) ? 2 : 1));
        const tracks = M3U8Parser.parseMasterPlaylistMedia(playlist, base, parsed);
        expect(new Set(tracks.AUDIO?.map((track) => track.url)).size).toBe(chosen.audio.length);
        expect(tracks.SUBTITLES?.length ?? 0).toBe(chosen.subtitles.length);
      }),
    );
  });
});

describe('a media playlist', () => {
  const rendition = fc.oneof(
    video.map((all) => all[0]!),
    segments.map((list): SubtitleRendition => ({
      id: 's0-en',
      segments: list,
      typeset: null,
      language: 'en',
      role: 'full',
      name: 'English',
      default: false,
    })),
  );
  const at = {
    file: (uri: string) => `https://cdn.test/${uri}?Policy=a~b_&x=1`,
    key: (n: number) => `key/${n}`,
  };

  it('is read by hls.js: every segment under its period key, the init segment clear', () => {
    fc.assert(
      fc.property(rendition, (chosen) => {
        const base = 'https://engawa.test/hls/t/v0.m3u8';
        const playlist = mediaPlaylist(chosen, at);
        const details = M3U8Parser.parseLevelPlaylist(playlist, base, 0, PlaylistLevelType.MAIN, 0, null);
        expect(details.playlistParsingError).toBeNull();
        expect(details.live).toBe(false);
        const read = details.fragments.map((f) => ({
          url: f.url,
          sn: f.sn,
          key: f.levelkeys?.['identity']?.uri,
          init: f.initSegment?.url,
          initEncrypted: f.initSegment?.encrypted ?? false,
        }));
        expect(read).toEqual(
          chosen.segments.map((segment, i) => ({
            url: at.file(segment.uri),
            sn: i,
            key: `https://engawa.test/hls/t/key/${segment.period}`,
            init: 'init' in chosen ? at.file(chosen.init.uri) : undefined,
            initEncrypted: false,
          })),
        );
      }),
    );
  });

  it('names each key once and keeps every EXTINF within the target duration', () => {
    fc.assert(
      fc.property(rendition, (chosen) => {
        const playlist = mediaPlaylist(chosen, at);
        const target = Number(/#EXT-X-TARGETDURATION:(\d+)\n/.exec(playlist)![1]);
        const infs = [...playlist.matchAll(/#EXTINF:([\d.]+),/g)].map((m) => Number(m[1]));
        expect(infs).toHaveLength(chosen.segments.length);
        expect(infs.every((seconds) => Math.round(seconds) <= target)).toBe(true);
        const periods = new Set(chosen.segments.map((s) => s.period));
        expect(tagged(playlist, 'EXT-X-KEY').map((a) => a.get('URI'))).toEqual(
          [...periods].map((n) => `"key/${n}"`),
        );
        const keyAt = playlist.indexOf('#EXT-X-KEY');
        expect(playlist.indexOf('#EXT-X-MAP')).toBeLessThan(keyAt);
        expect(playlist.endsWith('#EXT-X-ENDLIST\n')).toBe(true);
      }),
    );
  });
});

describe('a media playlist of what is not encrypted, not complete, or key frames only', () => {
  const base = 'https://engawa.test/hls/t/v0.m3u8';
  const clear = { file: (uri: string) => uri, key: null };
  const read = (playlist: string) =>
    M3U8Parser.parseLevelPlaylist(playlist, base, 0, PlaylistLevelType.MAIN, 0, null);

  it('names no key where there is none', () => {
    fc.assert(
      fc.property(segments, (list) => {
        const playlist = mediaPlaylist({ segments: list, init: { uri: 'v0/init.mp4' } }, clear);
        expect(playlist).not.toContain('EXT-X-KEY');
        expect(read(playlist).fragments.every((fragment) => !fragment.encrypted)).toBe(true);
      }),
    );
  });

  it('grows as an EVENT: what was said stays, the target too, and the end is said once', () => {
    fc.assert(
      fc.property(segments, fc.nat(40), (list, some) => {
        const target = targetDuration(list);
        const of = (part: typeof list, ended: boolean) =>
          mediaPlaylist({ segments: part, init: { uri: 'v0/init.mp4' } }, clear, {
            type: 'EVENT',
            ended,
            target,
          });
        const soFar = of(list.slice(0, some), false);
        expect(of(list, false).startsWith(soFar)).toBe(true);
        expect(of(list, true)).toBe(`${of(list, false)}#EXT-X-ENDLIST\n`);
        expect(soFar).toContain('#EXT-X-PLAYLIST-TYPE:EVENT\n');
        expect(soFar).not.toContain('ENDLIST');
        expect(some === 0 || read(soFar).live).toBe(true);
        expect(soFar).toContain(`#EXT-X-TARGETDURATION:${target}\n`);
      }),
    );
  });

  it('of key frames says so, and hls.js takes it', () => {
    fc.assert(
      fc.property(trick, (list) => {
        for (const rendition of list) {
          const playlist = iFramePlaylist(rendition, clear);
          expect(playlist).toContain('#EXT-X-I-FRAMES-ONLY\n');
          expect(read(playlist).playlistParsingError).toBeNull();
          expect(read(playlist).fragments).toHaveLength(rendition.segments.length);
        }
      }),
    );
  });
});

describe('segmentRates', () => {
  const of = (...parts: [seconds: number, bytes: number][]): Segment[] =>
    parts.map(([seconds, bytes], i) => ({ uri: `${i}`, duration: seconds, bytes, period: 0 }));

  it('takes the peak over runs of 0.5 to 1.5 target durations, not over single short segments', () => {
    const ramp = of([2, 1000], [6, 1500], [6, 6000]);
    expect(targetDuration(ramp)).toBe(6);
    expect(segmentRates(ramp)).toEqual({ peak: 8000, average: (8500 * 8) / 14 });
    expect(segmentRates(of([2, 9000], [6, 600])).peak).toBe((9600 * 8) / 8);
  });

  it('falls back to the average where no run is long enough, and to nothing for nothing', () => {
    expect(segmentRates(of([0.25, 100]))).toEqual({ peak: 3200, average: 3200 });
    expect(segmentRates([])).toEqual({ peak: 0, average: 0 });
  });
});

describe('the playlists of a play with breaks', () => {
  const segments: Segment[] = Array.from({ length: 30 }, (_, i) => ({
    uri: `v360/${i}.m4s`,
    duration: 6.006,
    bytes: 1000,
    period: Math.floor(i / 10),
  }));
  const rung = { segments, init: { uri: 'v360/init.mp4', bytes: 800 } };
  const addresses = { file: (uri: string) => uri, key: (n: number) => `key/${n}` };
  const base = 'https://engawa.test/hls/a.b.c/v360.m3u8';
  const breaks = (at: readonly number[], skippable = false) => ({
    at,
    skippable,
    longest: 120,
    list: (n: number) => `breaks/${n}.json`,
  });
  const parsed = (playlist: string) => {
    const details = M3U8Parser.parseLevelPlaylist(playlist, base, 0, PlaylistLevelType.MAIN, 0, null);
    expect(details.playlistParsingError).toBeNull();
    return details;
  };

  it('are read by hls.js: each break where it was marked, played once, and the film goes on where it was', () => {
    const marks = fc
      .uniqueArray(fc.integer({ min: 0, max: 179_000 }), { maxLength: 12 })
      .map((all) => all.sort((a, b) => a - b).map((ms) => ms / 1000));
    fc.assert(
      fc.property(marks, fc.boolean(), (at, skippable) => {
        const details = parsed(datedPlaylist(rung, addresses, breaks(at, skippable)));
        const ranges = Object.values(details.dateRanges).flatMap((range) => range ?? []);
        expect(ranges.map(({ isValid, isInterstitial }) => isValid && isInterstitial)).toEqual(
          at.map(() => true),
        );
        ranges.forEach((range, n) => {
          expect(range.startTime).toBeCloseTo(at[n]!, 6);
          expect(range.cue).toEqual({ pre: at[n] === 0, post: false, once: true });
          expect(range.attr['X-ASSET-LIST']).toBe(`breaks/${n}.json`);
          expect(range.attr['X-RESUME-OFFSET']).toBe('0');
          expect(range.attr['X-RESTRICT']).toBe(skippable ? undefined : 'SKIP,JUMP');
        });
        // RFC 8216bis 4.4.5.1: what says the same twice would be an error, and attributes are well formed.
        const ids = tagged(datedPlaylist(rung, addresses, breaks(at)), 'EXT-X-DATERANGE').map((a) =>
          a.get('ID'),
        );
        expect(new Set(ids).size).toBe(at.length);
      }),
    );
  });

  it('are otherwise those of everybody else, and without breaks have dates alone', () => {
    const plain = mediaPlaylist(rung, addresses).split('\n');
    const dates = ['#EXT-X-PROGRAM-DATE-TIME:2000-01-01T00:00:00.000Z'];
    const added = (playlist: string, from: string[]) =>
      playlist.split('\n').filter((line) => !from.includes(line));
    expect(added(datedPlaylist(rung, addresses, null), plain)).toEqual(dates);
    expect(added(datedPlaylist(rung, addresses, breaks([0, 60])), plain)).toHaveLength(3);
    const frames = {
      ...rung,
      id: 't',
      codec: 'avc1.4d401e',
      width: 1,
      height: 1,
      bandwidth: 1,
      averageBandwidth: 1,
    };
    expect(
      added(datedIFramePlaylist(frames, addresses), iFramePlaylist(frames, addresses).split('\n')),
    ).toEqual(dates);
    expect(
      parsed(datedPlaylist(rung, addresses, breaks([60]))).fragments.map(({ sn, duration }) => [
        sn,
        duration,
      ]),
    ).toEqual(segments.map(({ duration }, i) => [i, duration]));
  });
});
