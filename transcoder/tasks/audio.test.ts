import { execFile } from 'node:child_process';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { EncodeResult } from '../../schema/jobs/task.ts';
import { onTarget } from '../plan/audio/loudness.ts';
import { joined } from '../testing/inspect.ts';
import { ffmpeg } from '../testing/media.ts';
import { encode, keysOf, makeRig, message, probeSource, save, type Rig } from '../testing/rig.ts';

const run = promisify(execFile);
let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

/** A film of few pixels with these sounds, each a lavfi graph, and its plan. */
async function film(
  name: string,
  sounds: string[],
  { seconds = 6, late = 0, more = [] as string[] } = {},
): Promise<Plan> {
  const path = join(rig.folder, name);
  const inputs = sounds.flatMap((sound) => [
    '-itsoffset',
    String(late),
    '-f',
    'lavfi',
    '-t',
    String(seconds),
    '-i',
    sound,
  ]);
  const maps = sounds.flatMap((_, i) => ['-map', `${i + 1}:a`]);
  await ffmpeg(
    ['-f', 'lavfi', '-i', `color=gray:s=64x36:r=24:d=${seconds}`, ...inputs, '-map', '0:v', ...maps],
    ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'flac', '-sample_fmt:a', 's32', ...more, path],
  );
  await rig.upload(`sources/${name}`, await readFile(path));
  return probeSource(rig, `sources/${name}`);
}

const task = (name: string, plan: Plan, rendition = plan.audio[0]!.id, on = rig): Promise<EncodeResult> => {
  const spec = { kind: 'audio', plan, rendition, keys: keysOf(plan.periods) } as const;
  return encode(on, message(spec, { source: `sources/${name}` }));
};
const factsOf = ({ facts }: EncodeResult) => {
  if (facts?.of !== 'audio') throw new Error('no facts of audio');
  return facts;
};

const RATE = 48_000;
/** What players hear, by channel, from the episode's time zero on: the priming frame is taken off. */
async function heard(
  { objects }: EncodeResult,
  rendition: string,
  channels: number,
): Promise<Float32Array[]> {
  const path = await joined(rig, objects, rendition);
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-f', 'f32le', '-'], {
    encoding: 'buffer',
    maxBuffer: 1e8,
  });
  const mixed = new Float32Array(stdout.buffer, stdout.byteOffset, stdout.length / 4).subarray(
    1024 * channels,
  );
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: mixed.length / channels }, (_, i) => mixed[i * channels + channel]!),
  );
}
/** Seconds at which it is loudest. */
const peakAt = (samples: Float32Array): number => {
  let best = 0;
  samples.forEach((value, i) => {
    if (Math.abs(value) > Math.abs(samples[best]!)) best = i;
  });
  return best / RATE;
};
const level = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

/** Speech-like: noise in syllables, the same left and right. */
const speech = (volume: string) =>
  `anoisesrc=color=pink:amplitude=0.5:seed=7:sample_rate=48000,tremolo=f=4:d=0.9,volume=${volume},aformat=channel_layouts=mono,pan=stereo|c0=c0|c1=c0`;
/** A quiet hum, and bangs of 8 ms at full scale. */
const bangs = `aevalsrc='0.02*sin(2*PI*300*t)*(1+sin(8*t))+if(lt(mod(t,0.6),0.008),0.97*sin(2*PI*1370*t))|0.02*sin(2*PI*300*t)':s=48000`;

describe('a broadcast', () => {
  /** `seconds` of a film from `from` on, with a click in the sound after two of them. */
  const part = async (name: string, from: number, channels: number): Promise<Buffer> => {
    const path = join(rig.folder, name);
    const sound = `aevalsrc='0.1*sin(2*PI*440*t)+if(between(t,2,2.004),0.8)':s=48000:d=4`;
    await ffmpeg(
      ['-f', 'lavfi', '-i', 'color=gray:s=64x36:r=24:d=4', '-f', 'lavfi', '-i', sound],
      ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-ac', String(channels)],
      ['-output_ts_offset', String(from), '-f', 'mpegts', path],
    );
    return readFile(path);
  };

  let plan: Plan;
  beforeAll(async () => {
    const source = 'sources/broadcast.ts';
    await rig.upload(source, Buffer.concat([await part('stereo.ts', 0, 2), await part('surround.ts', 4, 6)]));
    plan = await probeSource(rig, source);
  });

  it.each([2, 6])('that goes from stereo to 5.1 is heard through, in %i channels', async (channels) => {
    const audio = plan.audio.map((track) => ({ ...track, channels }));
    const result = await task('broadcast.ts', { ...plan, audio });
    const facts = factsOf(result);
    expect(facts.silence).toEqual([]);
    expect(onTarget(facts.after!)).toBe(true);
    expect((facts.fingerprint?.bytes ?? 0) > 100).toBe(channels === 2);
    const [first = new Float32Array(), , centre = first] = await heard(result, audio[0]!.id, channels);
    const clicks = channels === 6 ? centre : first;
    expect(peakAt(first.subarray(0, 4 * RATE))).toBeCloseTo(2, 1);
    expect(peakAt(clicks.subarray(4 * RATE, 8 * RATE))).toBeCloseTo(2, 1);
    expect(level(clicks.subarray(5 * RATE, 7 * RATE))).toBeGreaterThan(0.02);
  });
});

describe('loudness', () => {
  it.each([
    ['quiet', speech('-24dB')],
    ['loud', speech('6dB')],
  ])('%s sound is brought to the target by one gain', async (name, sound) => {
    const result = await task(`${name}.mkv`, await film(`${name}.mkv`, [sound]));
    const facts = factsOf(result);
    expect(facts).toMatchObject({ method: 'linear' });
    expect(facts.before!.integrated + facts.gain).toBeCloseTo(-18, 0);
    expect(onTarget(facts.after!)).toBe(true);
    expect(Math.abs(facts.after!.range - facts.before!.range)).toBeLessThan(0.5);
    expect(result.warnings).toEqual([]);
  });

  it('peaks that a gain would raise over the ceiling are held, and the editor is told', async () => {
    const result = await task('bangs.mkv', await film('bangs.mkv', [bangs]));
    const facts = factsOf(result);
    expect(facts.method).toBe('limited');
    expect(facts.before!.truePeak + facts.gain).toBeGreaterThan(-1);
    expect(facts.after!.truePeak).toBeLessThanOrEqual(-1);
    expect(facts.after!.integrated).toBeGreaterThan(-19);
    expect(facts.after!.integrated).toBeLessThan(-17);
    expect(result.warnings).toEqual([
      expect.objectContaining({ code: 'loudness-limited', rendition: 'a0-und', blocks: false }),
    ]);
  });

  it('silence stays silence, and so does the hiss of an empty track', async () => {
    const none = await film('none.mkv', ['anullsrc=sample_rate=48000']);
    expect(factsOf(await task('none.mkv', none))).toMatchObject({
      before: null,
      after: null,
      gain: 0,
      method: 'none',
      silence: [[0, 6]],
    });
    const hiss = await film('hiss.mkv', [speech('-35dB')]);
    const facts = factsOf(await task('hiss.mkv', hiss));
    expect(facts).toMatchObject({ method: 'none', gain: 0 });
    expect(Math.abs(facts.after!.integrated - facts.before!.integrated)).toBeLessThan(1);
  });

  it('a film without sound has a silent track, which says so', async () => {
    const plan = await film('mute.mkv', []);
    expect(plan.audio).toMatchObject([{ id: 'a0-und', stream: null }]);
    expect(factsOf(await task('mute.mkv', plan))).toMatchObject({
      method: 'none',
      silence: [[0, 6]],
      fingerprint: null,
    });
  });

  it('knows where it is silent', async () => {
    const gap = `${speech('-10dB')},volume=0:enable='between(t,2,3.5)'`;
    const { silence } = factsOf(await task('gap.mkv', await film('gap.mkv', [gap])));
    expect(silence).toHaveLength(1);
    expect(silence[0]![0]).toBeCloseTo(2, 1);
    expect(silence[0]![1]).toBeCloseTo(3.5, 1);
  });
});

describe('channels', () => {
  const LFE = 3;
  const tones = (layout: string, on: readonly string[]) =>
    `aevalsrc='${on.map((gain, i) => `${gain}*sin(2*PI*${i === LFE ? 60 : 300 + 100 * i}*t)`).join('|')}':c=${layout}:s=48000`;

  it('mono at 44.1 kHz becomes stereo at 48, as loud left as right', async () => {
    const plan = await film('mono.mkv', ['aevalsrc=0.1*sin(2*PI*440*t):s=44100:c=mono']);
    const result = await task('mono.mkv', plan);
    const [left, right] = (await heard(result, 'a0-und', 2)) as [Float32Array, Float32Array];
    expect(left.length).toBe(Math.ceil((6 * RATE + 1024) / 1024) * 1024 - 1024);
    expect(level(left)).toBeGreaterThan(0.05);
    expect(level(left) / level(right)).toBeCloseTo(1, 2);
  });

  it('5.1 is there twice: in place, and mixed down by BS.775', async () => {
    const on = ['0.1', '0', '0.1', '0.1', '0.1', '0'];
    const plan = await film('surround.mkv', [tones('5.1', on)]);
    expect(plan.audio.map(({ id, channels }) => [id, channels])).toEqual([
      ['a0-und', 2],
      ['a0-und-51', 6],
    ]);
    const wide = await task('surround.mkv', plan, 'a0-und-51');
    const six = (await heard(wide, 'a0-und-51', 6)).map(level);
    expect(six.map((value) => value > 0.02)).toEqual([true, false, true, true, true, false]);
    expect(onTarget(factsOf(wide).after!)).toBe(true);

    const narrow = await task('surround.mkv', plan, 'a0-und');
    const [left, right] = (await heard(narrow, 'a0-und', 2)).map(level) as [number, number];
    // Left: front 1, centre and surround 0.7 each. Right: centre alone. The low-frequency effects are in neither.
    expect(left / right).toBeCloseTo(Math.sqrt(1 + 0.5 + 0.5) / Math.sqrt(0.5), 1);
    expect(onTarget(factsOf(narrow).after!)).toBe(true);
    const segments = (result: EncodeResult) =>
      result.objects.flatMap(({ segment }) => segment?.decodeTime ?? []);
    expect(segments(wide)).toEqual(segments(narrow));
  });

  it('7.1 becomes 5.1, with all its channels heard', async () => {
    const plan = await film('seven.mkv', [tones('7.1', ['0', '0', '0.05', '0', '0.1', '0', '0', '0.1'])]);
    const result = await task('seven.mkv', plan, 'a0-und-51');
    const six = (await heard(result, 'a0-und-51', 6)).map(level);
    expect(six.map((value) => value > 0.01)).toEqual([false, false, true, false, true, true]);
  });
});

/** One loud tick at 2 s in quiet noise, so that also a limiter is at work. */
const tick = `aevalsrc='0.01*sin(2*PI*200*t)*(2+sin(9*t))+if(between(t,2,2.0005),0.9)':s=48000:c=stereo`;
describe('sync', () => {
  let plan: Plan;
  beforeAll(async () => {
    plan = await film('tick.mkv', [tick]);
  });
  it.each([
    [0, 2],
    [0.75, 2.75],
    [-0.75, 1.25],
    [-1.9, 0.1],
    [3.5, 5.5],
  ])('a delay of %f s puts the tick at %f s', async (delay, time) => {
    const moved = { ...plan, audio: plan.audio.map((track) => ({ ...track, delay })) };
    const result = await task('tick.mkv', moved);
    expect(factsOf(result).method).toBe('limited');
    const [left] = (await heard(result, 'a0-und', 2)) as [Float32Array];
    expect(Math.abs(peakAt(left) - time)).toBeLessThan(0.001);
    expect(left.length).toBe(Math.ceil((6 * RATE + 1024) / 1024) * 1024 - 1024);
  });
});

describe('sync of sources', () => {
  it.each([
    ['late.mkv', { late: 0.73 }, 2.73],
    ['early.mkv', { late: -0.4, more: ['-avoid_negative_ts', 'make_zero'] }, 1.6],
    ['offset.mkv', { more: ['-output_ts_offset', '3.7'] }, 2],
    ['offset.ts', { more: ['-output_ts_offset', '7.3', '-c:a', 'mp2', '-sample_fmt:a', 's16'] }, 2],
  ])('%s', async (name, how, time) => {
    const plan = await film(name, [tick], how);
    const result = await task(name, plan);
    const [left] = (await heard(result, plan.audio[0]!.id, 2)) as [Float32Array];
    // Containers keep times to a millisecond, and a lossy source has an encoder's delay of its own.
    expect(Math.abs(peakAt(left) - time)).toBeLessThan(name.endsWith('.ts') ? 0.015 : 0.003);
  });
});

describe('fingerprint', () => {
  it('is taken of the main track only, a word for each 124 ms, and stored in the clear', async () => {
    const plan = await film('two.mkv', [speech('-10dB'), speech('-20dB')], {
      seconds: 12,
      more: ['-metadata:s:a:0', 'language=jpn', '-metadata:s:a:1', 'language=eng'],
    });
    const result = await task('two.mkv', plan, 'a0-ja');
    const { fingerprint } = factsOf(result);
    expect(fingerprint).toMatchObject({ uri: 'a0-ja/fingerprint.bin' });
    expect(fingerprint!.secondsPerWord).toBeCloseTo(0.1238, 4);
    // A word stands for the 2.6 s from its own start.
    expect(fingerprint!.bytes / 4).toBeCloseTo((12 - 2.6) / fingerprint!.secondsPerWord, -0.5);
    expect(result.objects.find(({ key }) => key === fingerprint!.uri)?.bytes).toBe(fingerprint!.bytes);
    const dub = await task('two.mkv', plan, 'a1-en');
    expect(factsOf(dub).fingerprint).toBeNull();
    expect(dub.objects.every(({ key }) => !key.endsWith('.bin'))).toBe(true);
  });

  it('is null where a film is too short for a word', async () => {
    const plan = await film('brief.mkv', [speech('-10dB')], { seconds: 1 });
    const result = await task('brief.mkv', plan);
    expect(factsOf(result)).toMatchObject({ fingerprint: null, method: 'linear' });
    expect(onTarget(factsOf(result).after!)).toBe(true);
  });

  it('is left out, with a note, by an FFmpeg without chromaprint', async () => {
    const wrapper = await save(
      rig,
      'ffmpeg-without',
      `#!/bin/sh\ncase "$*" in\n  *-formats*) ffmpeg "$@" | grep -v chromaprint ;;\n  *chromaprint*) echo "[NULL @ 0x1] Requested output format 'chromaprint' is not a suitable output format" >&2; exit 1 ;;\n  *) exec ffmpeg "$@" ;;\nesac\n`,
    );
    await chmod(wrapper, 0o755);
    const plan = await film('plain.mkv', [speech('-10dB')]);
    const other = await makeRig({ FFMPEG_PATH: wrapper });
    try {
      await other.upload('sources/plain.mkv', await readFile(join(rig.folder, 'plain.mkv')));
      const result = await task('plain.mkv', plan, 'a0-und', other);
      expect(factsOf(result)).toMatchObject({ fingerprint: null, method: 'linear' });
      expect(result.notes).toEqual([expect.stringContaining('without chromaprint')]);
    } finally {
      await other.close();
    }
  });
});
