import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clip, ffmpeg } from '../testing/media.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listen, makeRig, probeSource, save, shut, type Rig } from '../testing/rig.ts';
import { readPackets } from '../ffmpeg/probe.ts';
import { find } from '../plan/mp4.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { sandbox, sourceInput } from '../plan/source/input.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

async function refusalOf(bytes: Uint8Array | string): Promise<unknown> {
  await rig.upload('sources/bad', bytes);
  return probeSource(rig, 'sources/bad').then(
    () => 'it was accepted',
    (error: unknown) => error,
  );
}
const refused = (code: string) => expect.objectContaining({ name: 'TaskProblem', code, retryable: false });

describe('sources that are refused, with the reason', () => {
  it('no bytes', async () => expect(await refusalOf('')).toEqual(refused('source-empty')));

  it('not a video', async () => {
    expect(await refusalOf('Just a letter to my aunt.\n'.repeat(400))).toEqual(refused('source-unreadable'));
    expect(await refusalOf(Buffer.alloc(100_000, 0x5a))).toEqual(refused('source-unreadable'));
  });

  it('sound only, also with a cover picture', async () => {
    const cover = join(rig.folder, 'cover.png');
    await ffmpeg('-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1', cover);
    const m4a = join(rig.folder, 'sound.m4a');
    await ffmpeg(
      ['-f', 'lavfi', '-i', 'sine=duration=2', '-i', cover, '-map', '0', '-map', '1'],
      ['-c:a', 'aac', '-c:v', 'png', '-disposition:v', 'attached_pic', m4a],
    );
    expect(await refusalOf(await readFile(m4a))).toEqual(refused('source-no-video'));
    const mp3 = join(rig.folder, 'sound.mp3');
    await ffmpeg('-f', 'lavfi', '-i', 'sine=duration=2', mp3);
    expect(await refusalOf(await readFile(mp3))).toEqual(refused('source-no-video'));
  });

  it('sound that nothing here can decode', async () => {
    const film = Buffer.from(await clip(rig.folder, 'alien.mkv', { seconds: 1 }));
    const alien = Buffer.from(film.toString('latin1').replaceAll('A_AAC', 'A_XYZ'), 'latin1');
    expect(await refusalOf(alien)).toMatchObject({
      code: 'source-unreadable',
      retryable: false,
      message: expect.stringContaining('The sound in stream 1 is of a kind that cannot be decoded'),
    });
  });

  it('sound of so many channels that nobody could say what they are, and no other', async () => {
    const silence = join(rig.folder, 'silence.pcm');
    await save(rig, 'silence.pcm', Buffer.alloc(12 * 2 * 4_800));
    const film = async (channels: number) => {
      const path = join(rig.folder, `discrete-${channels}.mov`);
      await ffmpeg(
        ['-f', 'lavfi', '-i', 'color=gray:s=64x36:r=24:d=1', '-f', 's16le', '-ar', '48000'],
        ['-ac', String(channels), '-i', silence, '-c:v', 'libx264', '-c:a', 'pcm_s16le', path],
      );
      return refusalOf(await readFile(path));
    };
    expect(await film(12)).toMatchObject({
      code: 'source-unreadable',
      retryable: false,
      message: expect.stringMatching(/^The sound in stream 1 has 12 channels .* stereo or 5\.1\.$/),
    });
    expect(await film(8)).toBe('it was accepted');
  });

  it.each(['cut.mkv', 'cut.mp4', 'front.mp4', 'cut.avi', 'cut.flv'])('a truncated %s', async (name) => {
    const video = name === 'front.mp4' ? ['-movflags', '+faststart'] : [];
    const whole = await clip(rig.folder, name, { seconds: 8, video });
    for (const part of [0.4, 0.75])
      expect(await refusalOf(whole.slice(0, Math.floor(whole.length * part)))).toEqual(
        refused('source-truncated'),
      );
  });

  it('a video that is longer than allowed', async () => {
    const strict = await makeRig({ MAX_SOURCE_SECONDS: '2' });
    try {
      await strict.upload('sources/long', await clip(rig.folder, 'long.mp4', { seconds: 3 }));
      await expect(probeSource(strict, 'sources/long')).rejects.toEqual(refused('source-too-long'));
    } finally {
      await strict.close();
    }
  });

  it('a source that is not there is the store’s fault, and worth another try', async () => {
    await expect(probeSource(rig, 'sources/none')).rejects.toMatchObject({ name: 'StoreFailure' });
  });
});

describe('scripts that pose as video', () => {
  const asked: string[] = [];
  const trap = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('caught');
  });
  let origin = '';
  let secret = '';
  beforeAll(async () => {
    origin = await listen(trap);
    secret = await save(rig, 'secret.ts', await clip(rig.folder, 'secret.mp4', { seconds: 2 }));
  });
  afterAll(() => shut(trap));

  const hls = (uri: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${uri}\n#EXT-X-ENDLIST\n`;
  const representation =
    '<Representation id="1" bandwidth="1"><BaseURL>ORIGIN/dash.mp4</BaseURL></Representation>';
  const posing = {
    'an HLS playlist, to the disk': hls('file://SECRET'),
    'an HLS playlist, to the network': hls('ORIGIN/segment.ts'),
    'an HLS master playlist': '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nORIGIN/variant.m3u8\n',
    'a concat script, to the disk': "ffconcat version 1.0\nfile 'SECRET'\n",
    'a concat script, to the network': "ffconcat version 1.0\nfile 'ORIGIN/concat'\n",
    'a DASH manifest':
      '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" ' +
      'profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4">' +
      `${representation}</AdaptationSet></Period></MPD>`,
    'an SDP session':
      'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n' +
      'm=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n',
  };

  it.each(Object.entries(posing))('%s reaches neither', async (_, text) => {
    const script = text.replaceAll('ORIGIN', origin).replaceAll('SECRET', secret);
    expect(await refusalOf(script)).toEqual(refused('source-not-allowed'));

    // FFmpeg and ffprobe themselves, as if our own look had missed it.
    const url = await rig.store.address('sources/bad', 60);
    const { signal } = new AbortController();
    const input = sourceInput(url, 0, null);
    const settings = rig.config.work.ffmpeg;
    const outputs = [{ target: 'stolen.mkv', args: ['-map', '0', '-c', 'copy'] }];
    await expect(
      runFfmpeg({ inputs: [input], outputs }, settings, { cwd: rig.folder, signal }),
    ).rejects.toMatchObject({ reason: 'failed', log: expect.stringMatching(/not on whitelist/) });
    await expect(
      readPackets(url, { settings, signal, input: sandbox(url) }, () => undefined),
    ).rejects.toMatchObject({ reason: 'failed', log: expect.stringMatching(/not on whitelist/) });
    expect(asked).toEqual([]);
  });

  it('would be followed without the allow-lists: the trap does work', async () => {
    await rig.upload('sources/bad', hls(`${origin}/segment.ts`));
    const url = await rig.store.address('sources/bad', 60);
    await expect(ffmpeg('-i', url, '-f', 'null', '-')).rejects.toThrow('Invalid data');
    expect(asked).toContain('/segment.ts');
    asked.length = 0;
  });

  it('a mov whose pictures are in another file gets none of them', async () => {
    const film = await clip(rig.folder, 'refer.mov', { seconds: 2, more: ['-map', '0:v'] });
    const refusal = await refusalOf(referring(film, 'secret.mp4'));
    expect(refusal).toEqual(refused('source-not-allowed'));
    expect(refusal).toMatchObject({ log: expect.stringContaining("filename='secret.mp4'") });
  });
});

/**
 * The film with its data reference replaced by a Macintosh alias to another file. FFmpeg's demuxer reads an alias so: 10 bytes, a
 * volume's name (28), 12, a file's name (64), 16, levels (4), 16, then tagged strings up to tag -1. The index stands at the end of
 * the file, so nothing else moves.
 */
function referring(film: Uint8Array, other: string): Uint8Array {
  const path = 'moov/trak/mdia/minf/dinf/dref'.split('/');
  const chain = path.map((_, depth) => find(film, path.slice(0, depth + 1).join('/'))!);
  const dref = chain.at(-1)!;
  const pascal = (text: string, room: number) =>
    Buffer.concat([Buffer.from([text.length]), Buffer.alloc(room, text)]);
  const tagged = Buffer.from(
    `\0\x02\0${String.fromCharCode(other.length)}${other}${other.length % 2 ? '\0' : ''}`,
    'latin1',
  );
  const names = [Buffer.alloc(4 + 10), pascal('disk', 27), Buffer.alloc(12), pascal(other, 63)];
  const rest = [
    Buffer.alloc(16),
    Buffer.from([0, 1, 0, 1]),
    Buffer.alloc(16),
    tagged,
    Buffer.alloc(68, 0xff),
  ];
  const alias = Buffer.concat([...names, ...rest]);
  const entry = Buffer.concat([Buffer.alloc(4), Buffer.from('alis'), alias]);
  entry.writeUInt32BE(entry.length);
  const result = Buffer.concat([film.slice(0, dref.body + 8), entry, film.slice(dref.end)]);
  const growth = result.length - film.length;
  for (const box of chain) result.writeUInt32BE(box.end - box.start + growth, box.start);
  return result;
}
