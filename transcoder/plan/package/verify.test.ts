import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../schema/jobs/plan.ts';
import { defaultSettings } from '../../../schema/jobs/settings.ts';
import { buildPackage, staticPlaylists } from './build.ts';
import { planGrid } from '../grid.ts';
import { plannedKeys } from '../video/groups.ts';
import { ladder } from '../video/ladder.ts';
import { audioDecodeTime, audioSegments } from '../timeline.ts';
import type { Facts, MeasuredSegment, MeasuredText } from './measured.ts';
import { periodSpans } from '../periods.ts';
import type { Findings } from './reports.ts';
import { verify } from './verify.ts';

const plan: Plan = {
  source: {
    container: 'matroska,webm',
    duration: 100,
    startTime: 0,
    videoStream: 0,
    videoCodec: 'h264',
    width: 854,
    height: 480,
    fields: null,
    hdr: null,
    notes: [],
  },
  frameRate: [24, 1],
  frames: 2400,
  rungs: ladder(854, 480, [24, 1], { crf: 22, ladder: 'measured' }),
  ...planGrid(2400, [24, 1]),
  audio: [
    {
      id: 'a0-ja',
      stream: 1,
      language: 'ja',
      role: 'main',
      name: 'Japanese',
      channels: 2,
      default: true,
      delay: 0,
    },
  ],
  subtitles: [
    {
      id: 's0-en',
      stream: 2,
      codec: 'ass',
      language: 'en',
      role: 'full',
      name: 'English',
      default: true,
      delay: 0,
    },
  ],
  chapters: [],
  settings: defaultSettings,
  exact: true,
  headAgain: false,
  dropped: [],
  warnings: [],
};

const audioFacts = {
  before: { integrated: -24, truePeak: -8, range: 6 },
  after: { integrated: -18.1, truePeak: -1.9, range: 6 },
  gain: 6,
  method: 'linear' as const,
  silence: [],
  fingerprint: { uri: 'a0-ja/fingerprint.bin', bytes: 400, secondsPerWord: 0.1 },
};
const pictures = {
  stills: [],
  storyboard: {
    uri: 'pictures/board.vtt',
    width: 160,
    height: 90,
    tiles: 2,
    sprites: [{ uri: 'pictures/0.webp', bytes: 9 }],
  },
  preview: null,
  waveform: null,
};
const found: Findings = {
  audio: new Map([['a0-ja', audioFacts]]),
  typeset: new Map(),
  pictures,
  analysis: { scenes: [], black: [], flashes: [], silence: [] },
  likeness: new Map([['v360', 0.97]]),
  warnings: [],
};

/** What a good store would hold. */
function good() {
  const init = (id: string, codec: string, timescale: number, width = 0, height = 0) =>
    [id, { codec, reported: codec, timescale, width, height, uri: `${id}/init.mp4`, bytes: 700 }] as const;
  const inits = new Map([
    ...plan.rungs.map(({ id, width, height }) => init(id, 'avc1.64001e', 24_000, width, height)),
    init('a0-ja', 'mp4a.40.2', 48_000),
    init('t90', 'avc1.64000c', 24_000, 160, 90),
  ]);
  const segments = new Map<string, MeasuredSegment[]>([
    ...plan.rungs.map((own, rung): [string, MeasuredSegment[]] => [
      own.id,
      plan.grid.map(({ first, frames, period }, index) => ({
        index,
        period,
        bytes: (rung + 1) * (50_000 + 977 * (index % 5)),
        uri: `${own.id}/${index}.m4s`,
        decodeTime: 22_000 + first * 1000,
        composition: 2000,
        duration: frames * 1000,
        samples: frames,
        keys: plannedKeys(plan, own)[index]!,
      })),
    ]),
    [
      'a0-ja',
      audioSegments(plan).map(({ index, first, frames, period }) => ({
        index,
        period,
        bytes: frames * 340,
        uri: `a0-ja/${index}.m4s`,
        decodeTime: audioDecodeTime(first),
        composition: 0,
        duration: frames * 1024,
        samples: frames,
        keys: [],
      })),
    ],
    [
      't90',
      plan.grid.map(({ first, period }, index) => ({
        index,
        period,
        bytes: 900,
        uri: `t90/${index}.m4s`,
        decodeTime: 24_000 + first * 1000,
        composition: 0,
        duration: 1000,
        samples: 1,
        keys: [0],
      })),
    ],
  ]);
  const texts = new Map<string, MeasuredText[]>([
    [
      's0-en',
      periodSpans(plan).map(({ from }, index) => ({
        index,
        period: index,
        bytes: 64,
        uri: `s0-en/${index}.vtt`,
        cues: [{ start: from + 1, end: from + 3 }],
      })),
    ],
  ]);
  const ids = { assetId: 'ast_1', prefix: 'hls/a/season-1/ep-1/v1/', keyId: 'c1' };
  const pack = buildPackage(plan, ids, { inits, segments, texts }, found);
  const expected = { frames: 48, start: 24_000 };
  const facts = {
    faults: [] as string[],
    unreadable: [] as string[],
    objects: 60,
    inits,
    segments,
    texts,
    files: new Map([
      ['a0-ja/fingerprint.bin', 400],
      ['pictures/board.vtt', 100],
      ['pictures/0.webp', 9],
    ]),
    storyboard:
      'WEBVTT\n\n00:00.000 --> 00:50.000\n0.webp#xywh=0,0,160,90\n\n00:50.000 --> 01:40.000\n0.webp#xywh=160,0,160,90\n',
    decoded: [{ name: 'v480/0.m4s', expected, found: { ...expected, log: '' } }],
    playlists: new Map(staticPlaylists(pack).map(({ key, text }) => [key, text])),
    base: null,
  } satisfies Facts;
  return { pack, facts };
}
type Good = ReturnType<typeof good>;

/** Names of the checks that do not hold after a change to what was measured. */
function broken(change: (facts: Good['facts']) => Partial<Facts> | undefined): string[] {
  const { pack, facts } = good();
  const changed = { ...facts, ...change(facts) };
  return verify(plan, pack, changed)
    .filter(({ holds }) => !holds)
    .map(({ name }) => name);
}
const inMaster = (facts: Good['facts'], change: (text: string) => string): Partial<Facts> => ({
  playlists: new Map([...facts.playlists, ['master.m3u8', change(facts.playlists.get('master.m3u8')!)]]),
});
const inPlaylist = (
  facts: Good['facts'],
  name: string,
  change: (text: string) => string,
): Partial<Facts> => ({
  playlists: new Map([...facts.playlists, [name, change(facts.playlists.get(name)!)]]),
});
const segment = (facts: Good['facts'], id: string, index: number) => facts.segments.get(id)![index]!;

describe('the certificate', () => {
  it('holds where everything is as planned', () => {
    expect(broken(() => undefined)).toEqual([]);
    const { pack, facts } = good();
    expect(verify(plan, pack, facts).map(({ name }) => name)).toContain('bandwidth');
  });

  const changes: [string, string[], (facts: Good['facts']) => Partial<Facts> | undefined][] = [
    ['an object is not there', ['objects'], () => ({ faults: ['v480/3.m4s is not in the store'] })],
    ['a segment of subtitles is missing', ['segments'], (f) => void f.texts.get('s0-en')!.pop()],
    ['a segment is under another key', ['segments'], (f) => void (segment(f, 'v360', 3).period = 1)],
    ['a rung has another size', ['init'], (f) => void Object.assign(f.inits.get('v360')!, { width: 642 })],
    ['there is no init segment', ['init'], (f) => void f.inits.delete('a0-ja')],
    ['one rung is cut elsewhere', ['boundaries'], (f) => void (segment(f, 'v360', 2).samples -= 1)],
    ['one rung starts late', ['boundaries'], (f) => void (segment(f, 'v360', 0).composition += 1000)],
    ['there is a gap', ['decode-times'], (f) => void (segment(f, 'a0-ja', 5).decodeTime += 1024)],
    [
      'a decoder sees other times than were written',
      ['decode'],
      (f) => ({ decoded: f.decoded.map((d) => ({ ...d, found: { ...d.found, start: 26_000 } })) }),
    ],
    [
      'a decoder complains',
      ['decode'],
      (f) => ({
        decoded: f.decoded.map((d) => ({ ...d, found: { ...d.found, log: 'error while decoding' } })),
      }),
    ],
    ['a segment does not open', ['readable'], () => ({ unreadable: ['v480/3.m4s cannot be read'] })],
    ['a segment begins in a group', ['key-frames'], (f) => void (segment(f, 'v360', 2).keys = [24])],
    ['a rung has its groups elsewhere', ['key-frames'], (f) => void (segment(f, 'v480', 3).keys = [0, 40])],
    ['the lowest rung lacks a group', ['key-frames'], (f) => void (segment(f, 'v360', 3).keys = [0])],
    [
      'the sound is late',
      ['sync', 'decode-times'],
      (f) => {
        for (const each of f.segments.get('a0-ja')!) each.decodeTime += 9600;
        return undefined;
      },
    ],
    [
      'CODECS is made up',
      ['codecs'],
      (f) => inMaster(f, (text) => text.replace('avc1.64001e', 'avc1.4d401f')),
    ],
    [
      'a task took the codec for another',
      ['codecs'],
      (f) => void Object.assign(f.inits.get('v360')!, { reported: 'avc1.4d401f' }),
    ],
    [
      'BANDWIDTH is below the peak',
      ['bandwidth'],
      (f) => inMaster(f, (text) => text.replace(/:BANDWIDTH=\d+/, ':BANDWIDTH=100000')),
    ],
    [
      'AVERAGE-BANDWIDTH is off by a tenth',
      ['bandwidth'],
      (f) =>
        inMaster(f, (text) =>
          text.replace(
            /AVERAGE-BANDWIDTH=(\d+)/,
            (_, n) => `AVERAGE-BANDWIDTH=${Math.round(Number(n) * 1.1)}`,
          ),
        ),
    ],
    [
      'a playlist is an older one',
      ['playlists'],
      (f) => inPlaylist(f, 'v360/index.m3u8', (text) => text.replace(/#EXTINF[^#]*#EXT-X-ENDLIST\n/, '')),
    ],
    [
      'a playlist names a segment twice',
      ['playlists'],
      (f) => inPlaylist(f, 'v360/index.m3u8', (text) => text.replace('v360/3.m4s', 'v360/2.m4s')),
    ],
    [
      'a playlist names another key',
      ['playlists'],
      (f) => inPlaylist(f, 'a0-ja/index.m3u8', (text) => text.replace('key/1', 'key/0')),
    ],
    [
      'a cue outlasts the episode',
      ['subtitles'],
      (f) => void (f.texts.get('s0-en')![1]!.cues = [{ start: 99, end: 101 }]),
    ],
    [
      'a cue is in the wrong segment',
      ['subtitles'],
      (f) => void (f.texts.get('s0-en')![1]!.cues = [{ start: 1, end: 2 }]),
    ],
    ['a trick frame is between pictures', ['trick-play'], (f) => void (segment(f, 't90', 3).decodeTime += 7)],
    ['a trick frame is no key frame', ['trick-play'], (f) => void (segment(f, 't90', 3).keys = [])],
    ['a trick frame is missing', ['trick-play'], (f) => void f.segments.get('t90')!.splice(3, 1)],
    ['a file is not there', ['files'], (f) => void f.files.delete('pictures/0.webp')],
    ['a file has another size', ['files'], (f) => void f.files.set('a0-ja/fingerprint.bin', 399)],
    [
      'the storyboard ends early',
      ['storyboard'],
      (f) => ({ storyboard: f.storyboard.replace('01:40.000', '01:20.000') }),
    ],
    [
      'a tile is in no sprite',
      ['storyboard'],
      (f) => ({ storyboard: f.storyboard.replace('0.webp#xywh=160', '1.webp#xywh=160') }),
    ],
  ];
  it.each(changes)('does not hold when %s', (_, names, change) => {
    // One fault may break more than one rule; the one that names it must be among them.
    expect(broken(change)).toEqual(expect.arrayContaining(names));
  });

  it.each([
    ['too quiet', { integrated: -19.2, truePeak: -4, range: 6 }],
    ['clipped', { integrated: -18, truePeak: -0.4, range: 6 }],
    ['silent', null],
  ])('does not hold when a track came out %s, or was not measured', (_, after) => {
    const { pack, facts } = good();
    const loudness = (one: typeof audioFacts | null) =>
      verify(plan, { ...pack, audio: [{ ...pack.audio[0]!, facts: one }] }, facts).find(
        ({ name }) => name === 'loudness',
      )!.holds;
    expect(loudness(audioFacts)).toBe(true);
    expect(loudness({ ...audioFacts, after: after! })).toBe(false);
    expect(loudness(null)).toBe(false);
  });

  it('names a lost end of the sound as a wrong duration', () => {
    expect(broken((facts) => void facts.segments.get('a0-ja')!.pop())).toEqual(
      expect.arrayContaining(['segments', 'durations']),
    );
  });
});
