import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../schema/jobs/plan.ts';
import { EncodeResult } from '../../schema/jobs/task.ts';
import { decryptSegment, keyOf } from '../plan/encryption.ts';
import { readFaces } from '../plan/subtitles/font-file.ts';
import { parseCues } from '../plan/subtitles/vtt.ts';
import { encodeText } from '../testing/encode.ts';
import { makeCollection, makeFont } from '../testing/font.ts';
import { clip, ffmpeg } from '../testing/media.ts';
import { encode, keysOf, makeRig, message, probeSource, runJob, type Rig } from '../testing/rig.ts';

const never = new AbortController().signal;
const OUTPUT = 'hls/film/season-1/ep-1/v1/';
let rig: Rig;
const at = (name: string) => join(rig.folder, name);

const ass = (...events: string[]) => `[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Test Sans,40,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1
Style: Sign,テスト看板,40,&H0000FFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,8,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${events.join('\n')}
`;
const script = ass(
  'Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,Hello, {\\i1}you{\\i0}\\Nthere',
  'Dialogue: 0,0:00:00.50,0:00:03.50,Sign,,0,0,0,,看板',
  'Dialogue: 1,0:00:00.50,0:00:03.50,Sign,,0,0,0,,{\\blur2}看板',
);

/** An MKV with an ASS track and attached fonts, its clock starting at `offset`. */
async function film(
  name: string,
  text: string,
  fonts: Record<string, Uint8Array>,
  offset = 0,
): Promise<Plan> {
  await writeFile(at('in.ass'), text);
  const attach: string[] = [];
  for (const [i, [file, bytes]] of Object.entries(fonts).entries()) {
    await writeFile(at(`font-${i}.ttf`), bytes);
    attach.push('-attach', at(`font-${i}.ttf`), `-metadata:s:t:${i}`, `filename=${file}`);
    attach.push(`-metadata:s:t:${i}`, 'mimetype=application/x-truetype-font');
  }
  const more = ['-i', at('in.ass'), '-map', '0:v', '-map', '1:a', '-map', '2:s', '-c:s', 'copy', ...attach];
  const bytes = await clip(rig.folder, `${name}.mkv`, {
    more: [...more, '-output_ts_offset', String(offset)],
  });
  await rig.upload(`sources/${name}`, bytes);
  return probeSource(rig, `sources/${name}`);
}

async function run(source: string, plan: Plan, rendition = plan.subtitles[0]!.id) {
  const spec = { kind: 'subtitles', plan, rendition, keys: keysOf(plan.periods) } as const;
  const result = await encode(rig, message(spec, { source }));
  expect(v.is(EncodeResult, result)).toBe(true);
  if (result.facts?.of !== 'subtitles') throw new Error('no facts of subtitles');
  return { ...result, facts: result.facts };
}
const stored = (key: string) => rig.store.get(OUTPUT + key, { signal: never });
const vttOf = async (rendition: string): Promise<string> =>
  Buffer.from(decryptSegment(await stored(`${rendition}/0.vtt`), keyOf(keysOf(1), 0), 0)).toString();

/** What libass draws of a script with these fonts and no others, at a time, compared with another such picture: SSIM. */
async function picture(
  name: string,
  text: Uint8Array,
  fonts: readonly Uint8Array[],
  time: number,
): Promise<string> {
  const folder = at(`draw-${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'x.ass'), text);
  await Promise.all(fonts.map((font, i) => writeFile(join(folder, `${i}.ttf`), font)));
  const out = join(folder, `${time}.png`);
  await ffmpeg(
    ['-f', 'lavfi', '-i', 'color=gray:s=640x360:r=10:d=4'],
    ['-vf', `ass=${join(folder, 'x.ass')}:fontsdir=${folder}`, '-ss', String(time), '-frames:v', '1', out],
  );
  return out;
}
async function ssim(a: string, b: string): Promise<number> {
  const stats = at('ssim.txt');
  await ffmpeg('-i', a, '-i', b, '-lavfi', `ssim=stats_file=${stats}`, '-f', 'null', '-');
  return Number(/All:([\d.]+)/.exec(await readFile(stats, 'utf8'))?.[1]);
}

beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

describe('typeset subtitles', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz,.!?';
  let sans: Uint8Array;
  let sign: Uint8Array;
  beforeAll(async () => {
    sans = await makeFont({ family: 'Test Sans', characters: letters });
    const localName = { language: 0x411, family: 'テスト看板' };
    sign = await makeFont({ family: 'Test Signs', localName, characters: '看板漢字かな', fsType: 2 });
  });

  it('travel as they were written, with exactly the characters of exactly the fonts they use', async () => {
    const unused = await makeFont({ family: 'Unused', characters: letters });
    const plan = await film(
      'typeset',
      script,
      { '../../evil.ttf': sans, 'unused.ttf': unused, 's.ttf': sign },
      2.5,
    );
    const id = plan.subtitles[0]!.id;
    const { objects, facts, warnings, notes } = await run('sources/typeset', plan);
    expect(warnings).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('“Test Signs” says that its licence forbids')]);
    expect(facts.typeset).toMatchObject({
      uri: `${id}/typeset.ass`,
      fonts: [
        { uri: `${id}/fonts/0.ttf`, family: 'Test Sans' },
        { uri: `${id}/fonts/1.ttf`, family: 'Test Signs' },
      ],
    });
    for (const { uri, bytes } of [facts.typeset!, ...facts.typeset!.fonts])
      expect(objects.find(({ key }) => key === uri)?.bytes).toBe(bytes);

    const shipped = Buffer.from(await stored(`${id}/typeset.ass`));
    expect(shipped.toString()).toContain(
      'Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,Hello, {\\i1}you',
    );
    const fonts = await Promise.all(facts.typeset!.fonts.map(({ uri }) => stored(uri)));
    const [first, second] = fonts.map((font) => readFaces(font)[0]!);
    expect(
      Array.from(letters)
        .filter((c) => first!.has(c))
        .sort()
        .join(''),
    ).toBe(',Hehlortuy');
    expect(
      Array.from('看板漢字かな')
        .filter((c) => second!.has(c))
        .join(''),
    ).toBe('看板');
    expect(second!.names.has('テスト看板')).toBe(true);

    // Drawn by libass, with these fonts alone, it looks as it does with the whole ones; and unlike nothing.
    const shown = await picture('shipped', shipped, fonts, 2);
    expect(await ssim(await picture('whole', Buffer.from(script), [sans, sign], 2), shown)).toBeGreaterThan(
      0.99,
    );
    expect(await ssim(await picture('none', Buffer.from(ass()), [], 2), shown)).toBeLessThan(0.98);

    expect(parseCues(await vttOf(id))).toEqual([
      { start: 0.5, end: 3.5, settings: 'line:0', text: '看板' },
      { start: 1, end: 3, settings: '', text: 'Hello, <i>you</i>\nthere' },
    ]);
    expect((await run('sources/typeset', plan)).objects).toEqual(objects);
  });

  it('whose font lacks a character, or is not there, or is broken, warn by name, and that blocks', async () => {
    const poorer = await makeFont({ family: 'Test Sans', characters: letters.replace('y', '') });
    const plan = await film('poorer', script, { 'a.ttf': poorer, 'b.ttf': sign.slice(0, 700) });
    const { warnings, notes, facts } = await run('sources/poorer', plan);
    const rendition = plan.subtitles[0]!.id;
    expect(warnings).toEqual([
      {
        code: 'glyphs-missing',
        blocks: true,
        rendition,
        detail: expect.stringContaining('“Test Sans” (italic) has no glyph for y (U+0079) at 0:01'),
      },
      {
        code: 'glyphs-missing',
        blocks: true,
        rendition,
        detail: expect.stringContaining(
          '“テスト看板” is not attached; it is first needed at 0:00, for 2 characters',
        ),
      },
    ]);
    expect(notes).toEqual([expect.stringContaining('Attached font 2 cannot be used')]);
    expect(facts.typeset?.fonts).toHaveLength(1);
  });

  it('are part of a package whose certificate holds', async () => {
    const plan = await film('whole', script, { 'both.ttc': makeCollection([sans, sign]) });
    const { package: made, results } = await runJob(rig, 'sources/whole', plan);
    expect(made.certificate.holds).toBe(true);
    expect(results.find(({ kind }) => kind === 'subtitles')).toMatchObject({
      warnings: [],
      facts: { typeset: { fonts: [{ family: 'Test Sans' }, { family: 'Test Signs' }] } },
    });
  });
});

describe('a file of subtitles', () => {
  let plan: Plan;
  beforeAll(async () => {
    await rig.upload(
      'sources/plain',
      await clip(rig.folder, 'plain.mkv', {
        more: ['-map', '0:v', '-map', '1:a', '-output_ts_offset', '1.5'],
      }),
    );
    plan = await probeSource(rig, 'sources/plain');
  });
  const amended = (codec: string, delay = 0): Plan => ({
    ...plan,
    subtitles: [
      {
        id: 'r2-s0-ja',
        stream: 0,
        codec,
        language: 'ja',
        role: 'full',
        name: 'Japanese',
        default: false,
        delay,
      },
    ],
  });

  it.each([
    ['shift_jis', encodeText('1\n00:00:01,000 --> 00:00:02,000\n{\\an8}今日はいい天気ですね\n', 'shift_jis')],
    [
      'utf-16le',
      Buffer.from('\uFEFF1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}今日はいい天気ですね\r\n', 'utf16le'),
    ],
    [
      'utf-8',
      Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000 line:0 region:x\n<v Anna>今日はいい天気ですね\n'),
    ],
  ])('in %s is read as it is, on the timeline of the episode', async (encoding, bytes) => {
    await rig.upload('sources/side', bytes);
    const { facts, warnings } = await run('sources/side', amended('subrip', 0.25));
    expect(facts).toEqual({ of: 'subtitles', cues: 1, encoding, typeset: null });
    expect(warnings).toEqual([]);
    const [cue] = parseCues(await vttOf('r2-s0-ja'));
    expect(cue).toMatchObject({ start: 1.25, end: 2.25, settings: 'line:0' });
    expect(cue?.text).toContain('今日はいい天気ですね');
  });

  it('says so when its encoding is a guess', async () => {
    await rig.upload('sources/side', encodeText('1\n00:00:01,000 --> 00:00:02,000\nCafé\n', 'windows-1252'));
    const { warnings } = await run('sources/side', amended('subrip'));
    expect(warnings).toMatchObject([{ code: 'encoding-unsure', blocks: false, rendition: 'r2-s0-ja' }]);
  });

  it('that is ASS travels too; its fonts can only be inside of it', async () => {
    await rig.upload('sources/side', ass('Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Side'));
    const { facts, warnings } = await run('sources/side', amended('ass', -0.5));
    expect(facts.typeset?.fonts).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'glyphs-missing', blocks: true }]);
    expect(Buffer.from(await stored('r2-s0-ja/typeset.ass')).toString()).toContain(
      'Dialogue: 0,0:00:00.50,0:00:01.50,',
    );
  });
});

describe('an embedded track', () => {
  beforeAll(async () => {
    await writeFile(at('t.srt'), '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Top & <i>all</i>\n');
    const russian = 'Привет, как дела?\nСегодня прекрасная погода.\n';
    await writeFile(at('ru.srt'), encodeText(`1\n00:00:01,000 --> 00:00:02,000\n${russian}`, 'windows-1251'));
    await writeFile(at('t.vtt'), 'WEBVTT\n\n00:01.000 --> 00:02.000\n<b>Ten</b> &amp; up\n');
  });
  it.each([
    // FFmpeg's own QuickTime text has no places.
    { name: 'm.mp4', file: 't.srt', codec: 'mov_text', settings: '', text: 'Top &amp; <i>all</i>' },
    { name: 'm.mkv', file: 't.srt', codec: 'copy', settings: 'line:0', text: 'Top &amp; <i>all</i>' },
    { name: 'v.mkv', file: 't.vtt', codec: 'copy', settings: '', text: '<b>Ten</b> &amp; up' },
    // Matroska says UTF-8; what old programs put into it is another thing.
    {
      name: 'ru.mkv',
      file: 'ru.srt',
      codec: 'copy',
      encoding: 'windows-1251',
      settings: '',
      text: 'Привет, как дела?\nСегодня прекрасная погода.',
    },
  ])(
    'of $file in $name comes out on the timeline of the episode',
    async ({ name, file, codec, encoding = 'utf-8', ...cue }) => {
      const maps = ['-i', at(file), '-map', '0:v', '-map', '1:a', '-map', '2:s', '-c:s', codec];
      await rig.upload(
        'sources/kinds',
        await clip(rig.folder, name, { more: [...maps, '-output_ts_offset', '3'] }),
      );
      const plan = await probeSource(rig, 'sources/kinds');
      expect((await run('sources/kinds', plan)).facts).toMatchObject({
        cues: 1,
        encoding,
        typeset: null,
      });
      expect(parseCues(await vttOf(plan.subtitles[0]!.id))).toEqual([{ start: 1, end: 2, ...cue }]);
    },
  );
});
