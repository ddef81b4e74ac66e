import { describe, expect, it } from 'vitest';
import type { Plan } from '../../schema/jobs/plan.ts';
import { defaultSettings } from '../../schema/jobs/settings.ts';
import { buildPackage, staticPlaylists, type Measured } from './build-package.ts';
import { planGrid } from './grid.ts';
import { ladder } from './ladder.ts';
import { audioDecodeTime, audioSegments } from './timeline.ts';
import { verify, type Facts } from './verify.ts';

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
  rungs: ladder(854, 480, [24, 1]),
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
  dropped: [],
  warnings: [],
};

/** What a good store would hold. */
function good() {
  const inits: Measured['inits'] & Map<string, unknown> = new Map([
    ...plan.rungs.map(({ id, width, height }) => {
      const facts = {
        codec: 'avc1.64001e',
        timescale: 24_000,
        width,
        height,
        uri: `${id}/init.mp4`,
        bytes: 700,
      };
      return [id, facts] as const;
    }),
    [
      'a0-ja',
      { codec: 'mp4a.40.2', timescale: 48_000, width: 0, height: 0, uri: 'a0-ja/init.mp4', bytes: 700 },
    ],
  ]);
  const segments = new Map([
    ...plan.rungs.map(
      ({ id }, rung) =>
        [
          id,
          plan.grid.map(({ first, frames, period }, index) => ({
            index,
            period,
            bytes: (rung + 1) * (50_000 + 977 * (index % 5)),
            uri: `${id}/${index}.m4s`,
            decodeTime: 22_000 + first * 1000,
            composition: 2000,
            duration: frames * 1000,
            samples: frames,
          })),
        ] as const,
    ),
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
      })),
    ] as const,
    [
      's0-en',
      Array.from({ length: plan.periods }, (_, index) => ({
        index,
        period: index,
        bytes: 64,
        uri: `s0-en/${index}.vtt`,
        decodeTime: 0,
        composition: 0,
        duration: 0,
        samples: 0,
      })),
    ] as const,
  ]);
  const ids = { assetId: 'ast_1', prefix: 'hls/a/season-1/ep-1/v1/', keyId: 'c1' };
  const pack = buildPackage(plan, ids, { inits, segments });
  const expected = { frames: 48, start: 24_000 };
  const decoded = [{ name: 'v480/0.m4s', expected, found: { ...expected, log: '' } }];
  const master = staticPlaylists(pack)[0]!.text;
  return { pack, facts: { faults: [] as string[], objects: 60, inits, segments, decoded, master } };
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
const segment = (facts: Good['facts'], id: string, index: number) => facts.segments.get(id)![index]!;

describe('the certificate', () => {
  it('holds where everything is as planned', () => {
    expect(broken(() => undefined)).toEqual([]);
    const { pack, facts } = good();
    expect(verify(plan, pack, facts).map(({ name }) => name)).toContain('bandwidth');
  });

  const changes: [string, string[], (facts: Good['facts']) => Partial<Facts> | undefined][] = [
    ['an object is not there', ['objects'], () => ({ faults: ['v480/3.m4s is not in the store'] })],
    ['a segment of subtitles is missing', ['segments'], (f) => void f.segments.get('s0-en')!.pop()],
    ['a segment is under another key', ['segments'], (f) => void (segment(f, 'v360', 3).period = 1)],
    ['a rung has another size', ['init'], (f) => void Object.assign(f.inits.get('v360')!, { width: 642 })],
    ['there is no init segment', ['init', 'codecs'], (f) => void f.inits.delete('a0-ja')],
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
    ['CODECS is made up', ['codecs'], (f) => ({ master: f.master.replace('avc1.64001e', 'avc1.4d401f') })],
    [
      'BANDWIDTH is below the peak',
      ['bandwidth'],
      (f) => ({ master: f.master.replace(/:BANDWIDTH=\d+/, ':BANDWIDTH=100000') }),
    ],
    [
      'AVERAGE-BANDWIDTH is off by a tenth',
      ['bandwidth'],
      (f) => ({
        master: f.master.replace(
          /AVERAGE-BANDWIDTH=(\d+)/,
          (_, n) => `AVERAGE-BANDWIDTH=${Math.round(Number(n) * 1.1)}`,
        ),
      }),
    ],
  ];
  it.each(changes)('does not hold when %s', (_, names, change) => {
    // One fault may break more than one rule; the one that names it must be among them.
    expect(broken(change)).toEqual(expect.arrayContaining(names));
  });

  it('names a lost end of the sound as a wrong duration', () => {
    expect(broken((facts) => void facts.segments.get('a0-ja')!.pop())).toEqual(
      expect.arrayContaining(['segments', 'durations']),
    );
  });
});
