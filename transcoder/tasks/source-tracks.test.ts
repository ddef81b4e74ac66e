import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loudSamples, pictureTimes, readNumbers } from '../testing/inspect.ts';
import { ffmpeg, ffprobe } from '../testing/media.ts';
import { makeRig, surveySource, type Rig } from '../testing/rig.ts';
import { intoEpisode, lavfi, makeSource, numberedInputs } from '../testing/source-job.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
  await ffmpeg(lavfi('color=red:s=600x600:d=1'), '-frames:v', '1', join(rig.folder, 'cover.png'));
  await ffmpeg(lavfi('color=red:s=600x600:d=1'), '-frames:v', '1', join(rig.folder, 'cover.jpg'));
});
afterAll(() => rig.close());

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '24', '-pix_fmt', 'yuv420p'];
const counting = Array.from({ length: 72 }, (_, i) => i);

describe('several pictures in one file', () => {
  it.each([
    // First, larger and the default one: nothing but its one picture gives it away.
    [
      'posing.mkv',
      'cover.png',
      ['-map', '2', '-map', '0:v', '-map', '1', '-c:v:0', 'copy', '-disposition:v:0', 'default'],
    ],
    [
      'posing.mp4',
      'cover.jpg',
      ['-map', '2', '-map', '0:v', '-map', '1', '-c:v:0', 'copy', '-disposition:v:0', 'default'],
    ],
    [
      'attached.mp4',
      'cover.jpg',
      ['-map', '0:v', '-map', '1', '-map', '2', '-c:v:1', 'copy', '-disposition:v:1', 'attached_pic'],
    ],
  ])('%s: a cover is not the film', async (name, cover, maps) => {
    const film = [...numberedInputs('24'), '-i', join(rig.folder, cover)];
    const key = await makeSource(rig, name, film, x264, '-c:a', 'aac', maps);
    const { plan, video, certified } = await intoEpisode(rig, key);
    expect(certified).toBe(true);
    expect(plan.source).toMatchObject({ videoCodec: 'h264', width: 288, height: 128, notes: [] });
    expect(await readNumbers(video)).toEqual(counting);
  });

  it('MJPEG that moves is a film', async () => {
    const key = await makeSource(
      rig,
      'moving.avi',
      numberedInputs('24'),
      '-c:v',
      'mjpeg',
      '-q:v',
      '2',
      '-c:a',
      'pcm_s16le',
    );
    const { video, certified } = await intoEpisode(rig, key);
    expect(certified).toBe(true);
    expect(await readNumbers(video)).toEqual(counting);
  });

  it.each([
    ['two.mkv', ['-map', '0:v', '-map', '2:v', '-disposition:v:0', 'default', '-disposition:v:1', '0'], 0],
    ['second.mkv', ['-map', '2:v', '-map', '0:v', '-disposition:v:0', '0', '-disposition:v:1', 'default'], 1],
    ['none.ts', ['-map', '2:v', '-map', '0:v'], 1], // nobody says: the larger one
  ])('%s: one video of two is the film, and the log says which', async (name, maps, index) => {
    const inputs = [...numberedInputs('24'), ...lavfi('color=blue:s=160x90:r=24:d=3')];
    const key = await makeSource(rig, name, inputs, x264, maps);
    const { plan, video, certified } = await intoEpisode(rig, key);
    expect(certified).toBe(true);
    expect(plan.source.videoStream).toBe(index);
    expect(plan.source.notes).toContainEqual(expect.stringContaining('2 videos'));
    expect(await readNumbers(video)).toEqual(counting);
  });

  it('a still and sound alone are no film', async () => {
    const key = await makeSource(
      rig,
      'still.mkv',
      lavfi('sine=duration=3'),
      '-i',
      join(rig.folder, 'cover.png'),
      '-c:v',
      'copy',
    );
    await expect(surveySource(rig, key)).rejects.toMatchObject({ code: 'source-no-video', retryable: false });
  });

  it('a video that nothing here can decode is refused', async () => {
    await makeSource(rig, 'known.mp4', numberedInputs('24'), x264, '-c:a', 'aac');
    const bytes = await readFile(join(rig.folder, 'known.mp4'));
    const alien = Buffer.from(bytes.toString('latin1').replaceAll('avc1', 'xyz1'), 'latin1');
    await rig.upload('sources/alien', alien);
    await expect(surveySource(rig, 'sources/alien')).rejects.toMatchObject({
      code: 'source-unreadable',
      retryable: false,
    });
  });
});

describe('sound', () => {
  it('ten tracks are ten renditions, each whole', async () => {
    const codes = ['jpn', 'eng', 'ger', 'fre', 'spa', 'ita', 'por', 'kor', 'chi', 'ara'];
    const tracks = codes.flatMap((code, i) => ['-map', '1:a', `-metadata:s:a:${i}`, `language=${code}`]);
    const key = await makeSource(
      rig,
      'ten.mkv',
      numberedInputs('24'),
      x264,
      '-map',
      '0:v',
      tracks,
      '-c:a',
      'libopus',
      '-b:a',
      '32k',
    );
    const { plan, audio, video, certified } = await intoEpisode(rig, key);
    expect(certified).toBe(true);
    expect(plan.audio.map(({ language }) => language)).toEqual([
      'ja',
      'en',
      'de',
      'fr',
      'es',
      'it',
      'pt',
      'ko',
      'zh',
      'ar',
    ]);
    expect(new Set(audio).size).toBe(10);
    expect(await pictureTimes(video)).toHaveLength(72);
  });

  it.each([
    ['mono.mp4', 'sine=frequency=440:sample_rate=48000:d=3', ['-c:a', 'aac', '-ac', '1']],
    ['44.1.mkv', 'sine=frequency=440:sample_rate=44100:d=3', ['-c:a', 'flac']],
    ['22.05.avi', 'sine=frequency=440:sample_rate=22050:d=3', ['-c:a', 'pcm_s16le']],
    ['surround.mkv', 'sine=frequency=440:sample_rate=48000:d=3,pan=5.1|c0=c0|c1=c0|c2=c0', ['-c:a', 'ac3']],
    ['surround-44.1.mov', 'sine=frequency=440:sample_rate=44100:d=3,pan=5.1|c0=c0|c1=c0', ['-c:a', 'aac']],
  ])('%s: stereo at 48 kHz is there, as long as the picture', async (name, tone, how) => {
    const inputs = [...lavfi('color=blue:s=160x90:r=24:d=3'), ...lavfi(tone)];
    const { plan, audio, certified } = await intoEpisode(rig, await makeSource(rig, name, inputs, x264, how));
    expect(certified).toBe(true);
    const kinds = new Map<string, string>();
    for (const [i, path] of audio.entries()) {
      const [line = ''] = await ffprobe('-show_entries', 'stream=sample_rate,channels', path);
      kinds.set(plan.audio[i]!.id, line);
      expect((await loudSamples(path)).at(-1)).toBeGreaterThan(2.9);
    }
    expect([...kinds.values()]).toContain('48000|2');
    expect([...kinds.values()].every((kind) => kind.startsWith('48000|'))).toBe(true);
  });
});
