import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { bitDepth, colourOf, hdrOf } from './colour.ts';
import { Probed } from './facts.ts';
import { fieldsOf } from './fields.ts';
import { displaySize, filmStream, unusable } from './film.ts';
import { claimedDuration, endsEarly, settled, Timeline } from './timeline.ts';

type Facts = Record<string, unknown>;
const hd = { codec_type: 'video', codec_name: 'h264', width: 1920, height: 1080, pix_fmt: 'yuv420p' };
const probed = (streams: Facts[], format: Facts = {}) =>
  v.parse(Probed, {
    format: { format_name: 'matroska,webm', ...format },
    streams: streams.map((stream, index) => ({ index, ...hd, ...stream })),
  });
const stream = (facts: Facts = {}) => probed([facts]).streams[0]!;

describe('the film among the videos', () => {
  const film = (streams: Facts[], counts: number[]) =>
    filmStream(probed(streams), new Map(counts.entries())).film?.index;
  const cover = { codec_name: 'mjpeg', disposition: { default: 1 } };

  it('is no cover, by name or by looks', () => {
    expect(film([{ disposition: { attached_pic: 1 } }, {}], [1, 480])).toBe(1);
    expect(film([cover, {}], [1, 480])).toBe(1);
    expect(film([cover], [1])).toBeUndefined();
    expect(film([{ ...cover, disposition: {} }], [0])).toBeUndefined();
  });
  it('may be of moving JPEGs, or of one picture that is coded as video', () => {
    expect(film([cover], [480])).toBe(0);
    expect(film([{}], [1])).toBe(0);
  });
  it('moves, rather than being the default one; is the default one, rather than large; is large, rather than first', () => {
    const small = { width: 320, height: 180 };
    expect(film([{ disposition: { default: 1 } }, small], [1, 480])).toBe(1);
    expect(film([{}, { ...small, disposition: { default: 1 } }], [480, 480])).toBe(1);
    expect(film([small, {}], [480, 480])).toBe(1);
    expect(film([{}, {}], [480, 480])).toBe(0);
  });
});

describe('the size as displayed', () => {
  it.each<[Facts, number, number]>([
    [{}, 1920, 1080],
    [{ sample_aspect_ratio: '4:3', width: 1440 }, 1920, 1080],
    [{ sample_aspect_ratio: '8:9', width: 720, height: 480 }, 640, 480],
    [{ sample_aspect_ratio: '0:1' }, 1920, 1080],
    [{ sample_aspect_ratio: '1:1000' }, 1920, 1080], // a broken header
    [{ side_data_list: [{ rotation: -90 }] }, 1080, 1920],
    [{ side_data_list: [{}, { rotation: 180 }] }, 1920, 1080],
    [{ sample_aspect_ratio: '4:3', width: 1440, side_data_list: [{ rotation: 90 }] }, 1080, 1920],
  ])('of %j', (facts, width, height) => {
    expect(displaySize(stream(facts))).toEqual({ width, height });
  });
});

describe('colours', () => {
  const range = 'limited';
  it.each<[Facts, ReturnType<typeof colourOf>]>([
    [{}, undefined],
    [{ color_space: 'bt709', color_primaries: 'bt709', color_range: 'tv' }, undefined],
    [{ color_range: 'pc' }, { matrix: 'bt709', primaries: 'bt709', range: 'full' }],
    [{ pix_fmt: 'yuvj420p' }, { matrix: 'bt709', primaries: 'bt709', range: 'full' }],
    [
      { width: 720, height: 480 },
      { matrix: 'smpte170m', primaries: 'bt709', range },
    ],
    [{ width: 720, height: 480, color_space: 'bt709' }, undefined],
    [
      { color_space: 'bt470bg', color_primaries: 'bt470bg' },
      { matrix: 'bt470bg', primaries: 'bt470bg', range },
    ],
    [{ pix_fmt: 'gbrp10le' }, { matrix: 'gbr', primaries: 'bt709', range: 'full' }],
    [{ color_transfer: 'smpte2084' }, { matrix: 'bt2020nc', primaries: 'bt2020', range }],
    [{ color_primaries: 'bt2020' }, { matrix: 'bt2020nc', primaries: 'bt2020', range }],
    [{ color_space: 'unheard-of' }, undefined],
  ])('of %j', (facts, expected) => {
    expect(colourOf(stream(facts))).toEqual(expected);
  });

  it('are HDR by their transfer alone', () => {
    expect(hdrOf(stream({ color_transfer: 'smpte2084' }))).toBe('pq');
    expect(hdrOf(stream({ color_transfer: 'arib-std-b67' }))).toBe('hlg');
    expect(hdrOf(stream({ color_transfer: 'bt709', color_primaries: 'bt2020' }))).toBeNull();
  });

  it('of Dolby Vision without a base layer are nobody’s guess', () => {
    expect(unusable(stream({ side_data_list: [{ dv_profile: 5 }] }))).toContain('Dolby Vision');
    expect(unusable(stream({ side_data_list: [{ dv_profile: 8 }] }))).toBeNull();
    expect(unusable(stream({ width: 0 }))).toContain('No size');
  });

  it.each([
    ['yuv420p', 8],
    ['nv12', 8],
    ['yuv420p10le', 10],
    ['p010le', 10],
    ['yuva444p12le', 12],
    ['gbrp16be', 16],
    ['gray10le', 10],
  ])('of %s have %i bits', (pix_fmt, bits) => expect(bitDepth(stream({ pix_fmt }))).toBe(bits));
});

describe('fields', () => {
  const picture = (interlaced: boolean, topFirst = true) => ({ stream: 0, time: 0, interlaced, topFirst });
  const many = (count: number, ...of: Parameters<typeof picture>) =>
    Array.from({ length: count }, () => picture(...of));

  it('are what the pictures say', () => {
    expect(fieldsOf(many(48, false), 'progressive')).toBeNull();
    expect(fieldsOf(many(48, true, true), 'bb')).toBe('top');
    expect(fieldsOf(many(48, true, false), 'unknown')).toBe('bottom');
    expect(fieldsOf([...many(24, true, true), ...many(24, true, false)], 'tt')).toBe('auto');
    expect(fieldsOf([...many(96, false), ...many(48, true, false)], 'progressive')).toBe('bottom');
  });
  it('are not there for a few pictures marked by mistake', () => {
    expect(fieldsOf([...many(47, false), picture(true)], 'unknown')).toBeNull();
  });
  it('are what the container says where pictures say nothing; its second letter is the field shown first', () => {
    expect(['tt', 'bt', 'bb', 'tb', 'unknown'].map((claim) => fieldsOf(many(9, false), claim))).toEqual([
      'top',
      'top',
      'bottom',
      'bottom',
      null,
    ]);
  });
});

describe('what was read of the time line', () => {
  const facts = { stream: 0, shown: true, duration: 0.04, hidden: false };

  it('has no last pictures where it was cut off: some of those between them are still to come', () => {
    const times = Array.from({ length: 100 }, (_, i) => i / 25);
    expect(settled({ times, lastDuration: 0.04 }).times).toEqual(times.slice(0, 84));
    expect(settled({ times: times.slice(0, 30), lastDuration: 0.04 }).times).toHaveLength(30);
  });

  it('can be entered at keyframes, counted from the first picture, two seconds apart at least', () => {
    const timeline = new Timeline(0);
    for (let i = 0; i < 12; i++) timeline.add({ ...facts, time: 10 + i / 2, key: true });
    timeline.add({ ...facts, stream: 1, time: 99, key: true });
    expect(timeline.entries(10)).toEqual([0, 2, 4]);
    expect(timeline.keysAt([1 / 4, 1 / 2, 1])).toEqual({ on: [11.5, 13], last: 15.5 });
  });

  it('lasts as long as the film’s own stream says, else the file, else nobody knows', () => {
    const presented = { times: [2, 3, 4] };
    const claimed = (film: Facts, format: Facts) =>
      claimedDuration(probed([film], format), stream(film), presented);
    expect(claimed({ duration: '9.5' }, { duration: '12', start_time: '2' })).toBe(9.5);
    expect(claimed({}, { duration: '12', start_time: '1' })).toBe(11);
    expect(claimed({}, {})).toBeNull();
    expect(claimed({}, { duration: '0.5' })).toBeNull(); // less than was seen
  });

  it('ends early where a demuxer says so or the end is missing, not where a decoder calls a message truncated', () => {
    const timeline = new Timeline(0);
    for (let i = 0; i < 250; i++) timeline.add({ ...facts, time: i / 25, key: i === 0 });
    const early = (log: string, duration = '10') =>
      endsEarly(probed([{}], { duration }), stream({}), timeline, log);
    expect(early('[h264 @ 0x55a8] [error] SEI type 5 size 2296 truncated at 328')).toBeNull();
    expect(early('[hevc @ 0x55a8] [warning] Truncating likely oversized PPS (5021 > 4096)')).toBeNull();
    expect(early('[matroska,webm @ 0x55a8] [error] File ended prematurely')).toContain('10.0 s');
    expect(early('[mov,mp4 @ 0x55a8] [error] stream 0, offset 0x8f2e: partial file')).not.toBeNull();
    expect(early('', '12')).toContain('12.0 s');
  });
});
