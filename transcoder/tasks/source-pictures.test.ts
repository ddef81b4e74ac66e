import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colours, combed, lookOf, pictureTimes } from '../testing/inspect.ts';
import { makeRig, type Rig } from '../testing/rig.ts';
import { intoEpisode, lavfi, makeSource } from '../testing/source-job.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12'];
const tags = ['tv', 'bt709', 'bt709', 'bt709'];
/** Every part within a few steps of what it should be. */
const near = (expected: number[], within = 12) =>
  expected.map((value) => expect.toSatisfy((found: number) => Math.abs(found - value) <= within));
const [red, green, blue, grey] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [128, 128, 128],
];
/** Red, green above blue, grey. */
const corners = (size: string, rate = '24', seconds = 1.5) =>
  lavfi(
    `color=red:s=${size}:r=${rate}:d=${seconds},format=gbrp,geq=` +
      "r='if(lt(Y,H/2),255*lt(X,W/2),128*gte(X,W/2))':g='if(lt(Y,H/2),255*gte(X,W/2),128*gte(X,W/2))':" +
      "b='if(lt(Y,H/2),0,if(lt(X,W/2),255,128))'",
  );

describe('fields', () => {
  const moving = (rate: string) => lavfi(`testsrc2=s=320x240:r=${rate}:d=3`);
  const inFields = ['-c:v', 'mpeg2video', '-q:v', '3', '-flags', '+ilme+ildct'];
  it.each([
    ['top.mpg', 'top', 'interlace=scan=tff', ['-top', '1']],
    ['bottom.mkv', 'bottom', 'interlace=scan=bff', ['-top', '0']],
  ])('%s: whole pictures, one for each frame', async (name, fields, graph, order) => {
    const key = await makeSource(rig, name, moving('50'), '-vf', graph, inFields, order);
    expect(await combed(`${rig.folder}/${name}`)).toBeGreaterThan(40);
    const { plan, video, ...episode } = await intoEpisode(rig, key);
    expect(episode).toMatchObject({ certified: true, headStands: true });
    expect(plan.source).toMatchObject({
      fields,
      notes: expect.arrayContaining([expect.stringMatching(/interlaced/)]),
    });
    expect([plan.frameRate, plan.frames]).toEqual([[25, 1], 75]);
    expect(await pictureTimes(video)).toHaveLength(75);
    expect(await combed(video)).toBeLessThan(5);
  });

  it('telecined.ts: fields of one film frame find each other again', async () => {
    const telecine = ['-vf', 'telecine=first_field=top', ...inFields, '-top', '1'];
    const film = lavfi('mandelbrot=s=320x240:r=24000/1001,trim=duration=3');
    const key = await makeSource(rig, 'telecined.ts', film, telecine);
    expect(await combed(`${rig.folder}/telecined.ts`)).toBeGreaterThan(40);
    const { plan, video, certified } = await intoEpisode(rig, key);
    expect(certified).toBe(true);
    expect(plan).toMatchObject({ frameRate: [30_000, 1001], source: { fields: 'top' } });
    expect(await combed(video)).toBeLessThan(15);
  });
});

describe('shapes', () => {
  it.each([
    ['90', [green, grey, red, blue], '180x320'],
    ['180', [grey, blue, green, red], '320x180'],
    ['270', [blue, red, grey, green], '180x320'],
  ])('stored so that it has to be turned by %s°, anticlockwise', async (angle, expected, size) => {
    await makeSource(rig, `flat${angle}.mp4`, corners('320x180'), x264, '-pix_fmt', 'yuv420p');
    const turn = ['-i', `${rig.folder}/flat${angle}.mp4`, '-c', 'copy', '-metadata:s:v', `rotate=${angle}`];
    const { plan, video, certified } = await intoEpisode(
      rig,
      await makeSource(rig, `turned${angle}.mp4`, turn),
    );
    expect(certified).toBe(true);
    expect(plan.source.notes).toContainEqual(expect.stringContaining('rotated'));
    const [width, height, aspect] = await lookOf(video);
    expect([`${width}x${height}`, aspect]).toEqual([size, '1:1']);
    expect(await colours(video, 2, 2)).toEqual(expected.map((colour) => near(colour, 40)));
  });

  it.each([
    ['portrait.mkv', corners('180x320'), ['-pix_fmt', 'yuv420p'], '180x320', []],
    [
      'anamorphic.mkv',
      corners('240x240'),
      ['-vf', 'setsar=4/3', '-pix_fmt', 'yuv420p'],
      '320x240',
      ['square'],
    ],
    ['narrow.mp4', corners('320x180'), ['-vf', 'setsar=1/2', '-pix_fmt', 'yuv420p'], '160x180', ['square']],
  ])('%s', async (name, picture, how, size, note) => {
    const { plan, video, certified } = await intoEpisode(
      rig,
      await makeSource(rig, name, picture, x264, how),
    );
    expect(certified).toBe(true);
    const [width, height, aspect] = await lookOf(video);
    expect([`${width}x${height}`, aspect]).toEqual([size, '1:1']);
    expect(plan.source.notes).toEqual([
      ...note.map((text) => expect.stringContaining(text) as string),
      expect.stringContaining('no sound'),
    ]);
    expect(await colours(video, 2, 2)).toEqual([red, green, blue, grey].map((colour) => near(colour, 40)));
  });

  it('odd.webm: made even, its colours as they are', async () => {
    const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv420p'];
    const odd = await makeSource(rig, 'odd.webm', corners('322x182'), '-vf', 'scale=321:181,setsar=1', vp9);
    const { plan, video, certified } = await intoEpisode(rig, odd);
    expect(certified).toBe(true);
    expect((await lookOf(video)).slice(0, 2)).toEqual(['320', '180']);
    expect(plan.source.notes).toContainEqual(expect.stringContaining('321×181'));
    expect(await colours(video, 2, 2)).toEqual([red, green, blue, grey].map((colour) => near(colour, 40)));
  });
});

describe('colours', () => {
  const to = (matrix: string, range = 'limited') =>
    `zscale=matrixin=gbr:primariesin=bt709:transferin=bt709:matrix=${matrix}:primaries=bt709:transfer=bt709:range=${range},format=yuv444p`;
  const tagged = (matrix: string) => [
    '-colorspace',
    matrix,
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
  ];
  it.each<[string, string[], string[]]>([
    ['709.mkv', ['-vf', to('bt709'), ...tagged('bt709'), ...x264], []],
    ['601.mkv', ['-vf', to('smpte170m'), ...tagged('smpte170m'), ...x264], ['BT.601']],
    ['untagged.avi', ['-vf', `${to('smpte170m')},format=yuv420p`, '-c:v', 'mpeg4', '-q:v', '1'], []],
    [
      'full.mkv',
      ['-vf', to('bt709', 'full'), ...tagged('bt709'), '-color_range', 'pc', ...x264],
      ['full range'],
    ],
    ['rgb.mkv', ['-c:v', 'ffv1', '-pix_fmt', 'gbrp'], ['RGB']],
  ])('of %s come out the same, and tagged', async (name, how, note) => {
    const { plan, video, certified } = await intoEpisode(
      rig,
      await makeSource(rig, name, corners('160x90'), how),
    );
    expect(certified).toBe(true);
    expect((await lookOf(video)).slice(3)).toEqual(tags);
    const found = await colours(video, 8, 8);
    const inner = [found[9], found[14], found[49], found[54]];
    expect(inner).toEqual([red, green, blue, grey].map((colour) => near(colour, 16)));
    expect(plan.source.notes.filter((text) => text.includes('colours are'))).toEqual(
      note.map((text) => expect.stringContaining(text) as string),
    );
  });

  // White of 203 cd/m² (BT.2408) beside black, in 10-bit code values.
  it.each([
    ['pq.mp4', 'pq', 'smpte2084', 64 + Math.round(876 * 0.581)],
    ['hlg.mkv', 'hlg', 'arib-std-b67', 64 + Math.round(876 * 0.75)],
  ])('of %s are mapped to SDR: white is bright, black is black', async (name, hdr, transfer, white) => {
    const luma = `color=gray:s=320x180:r=24:d=1.5,format=yuv420p10le,geq=lum='if(lt(X,W/2),${white},64)':cb=512:cr=512`;
    const said = `log-level=none:pools=1:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`;
    const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', said];
    const { plan, video, certified } = await intoEpisode(rig, await makeSource(rig, name, lavfi(luma), x265));
    expect(certified).toBe(true);
    expect(plan.source).toMatchObject({
      hdr,
      notes: expect.arrayContaining([expect.stringContaining('SDR')]),
    });
    expect((await lookOf(video)).slice(3)).toEqual(tags);
    const [light, , , dark] = await colours(video, 4, 1);
    expect(light).toEqual(near([230, 230, 230], 20));
    expect(dark).toEqual(near([0, 0, 0], 8));
  });
});
