import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cuesOfAss } from './ass-cues.ts';
import { fontsInScript, fontsUsed } from './ass-fonts.ts';
import { shiftedAss } from './ass-shift.ts';
import { parseAss } from './ass.ts';
import { placeCues, vttSegment, parseCues } from './vtt.ts';

const script = (...events: string[]): string =>
  [
    '[Script Info]',
    '; made by hand',
    'ScriptType: v4.00+',
    'PlayResX: 1000',
    'PlayResY: 500',
    'WrapStyle: 0',
    '',
    '[Aegisub Project Garbage]',
    'Video File: C:/Users/someone/secret.mkv',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, Bold, Italic, Underline, Alignment, MarginL, MarginR, MarginV, Encoding',
    'Style: Default,Open Sans,20,0,0,0,2,10,10,10,1',
    'Style: Thought,Open Sans,20,0,-1,0,2,10,10,10,1',
    'Style: Sign,@Signs,20,-1,0,0,7,100,10,200,1',
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events,
  ].join('\r\n');
const line = (
  text: string,
  { style = 'Default', from = '0:00:01.00', to = '0:00:03.50', margins = '0,0,0', layer = 0 } = {},
) => `Dialogue: ${layer},${from},${to},${style},,${margins},,${text}`;
const cues = (...events: string[]) => cuesOfAss(parseAss(script(...events)));
const cue = (text: string, how = {}) =>
  cues(line(text, how)).map(({ settings, text }) => [settings, text])[0];

describe('ASS as WebVTT', () => {
  it('keeps words, breaks, italics and bold, and escapes what WebVTT reads', () => {
    expect(cues(line('Hello, {\\i1}you{\\i0}\\N& <you>\\htoo'))).toEqual([
      { start: 1, end: 3.5, settings: '', text: 'Hello, <i>you</i>\n&amp; &lt;you&gt;\u00A0too' },
    ]);
    expect(cue('soft\\nbreak')).toEqual(['', 'soft break']);
    expect(cue('a{\\rThought}b{\\r}c', {})).toEqual(['', 'a<i>b</i>c']);
    expect(cue('{\\b1\\i1}x{\\i0}y')).toEqual(['', '<b><i>x</i></b><b>y</b>']);
    expect(cue('{\\k20}Ka{\\kf30}ra{\\ko10}o{\\K5}ke')).toEqual(['', 'Karaoke']);
    expect(cue('a{remark}b {open')).toEqual(['', 'ab {open']);
    expect(cue('one\\N\\N\\Ntwo')).toEqual(['', 'one\ntwo']);
    expect(cue('\\{literal\\}')).toEqual(['', '{literal}']);
  });

  it('leaves out drawings, what is hidden, comments and what is empty', () => {
    expect(cue('{\\p1}m 0 0 l 100 0{\\p0}Text')).toEqual(['', 'Text']);
    expect(cue('{\\alpha&HFF&}hidden{\\r}seen')).toEqual(['', 'seen']);
    expect(cue('{\\fad(100,200)\\t(0,100,\\alpha&HFF&)}fades')).toEqual(['', 'fades']);
    expect(cues('Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,note', line('{\\p1}m 0 0'))).toEqual([]);
  });

  it('places by alignment, margins and positions', () => {
    expect(cue('{\\an8}above')?.[0]).toBe('line:0');
    expect(cue('{\\a6}above')?.[0]).toBe('line:0');
    expect(cue('{\\an5}middle')?.[0]).toBe('line:47%');
    expect(cue('{\\an1\\an9}first counts')?.[0]).toBe('position:1% align:left');
    expect(cue('{\\an3}right')?.[0]).toBe('position:99% align:right');
    expect(cue('sign', { style: 'Sign' })?.[0]).toBe('line:40% position:10% align:left');
    expect(cue('up', { margins: '0,0,150' })?.[0]).toBe('line:64%');
    expect(cue('narrow', { margins: '300,300,0' })?.[0]).toBe('size:40%');
    expect(cue('{\\pos(500,250)}x')?.[0]).toBe('line:44% position:50%');
    expect(cue('{\\an7\\pos(250,50)}x\\Ny')?.[0]).toBe('line:10% position:25% align:left');
    expect(cue('{\\an5\\move(100,100,900,400)}x')?.[0]).toBe('line:17% position:10%');
    // Room for its words is kept where the place alone would leave none.
    expect(cue('{\\an5\\pos(10,490)}some words')?.[0]).toBe('line:94% position:8%');
    expect(cue('{\\an8\\pos(9999,-50)}x')?.[0]).toBe('line:0% position:99%');
  });

  it('makes one cue of layers and of frames of the same words', () => {
    const at = (i: number) => `0:00:01.${String(i * 4).padStart(2, '0')}`;
    const frames = Array.from({ length: 20 }, (_, i) =>
      line(`{\\pos(${300 + 4 * i},100)}Sign`, { from: at(i), to: at(i + 1) }),
    );
    expect(cues(...frames)).toMatchObject([{ start: 1, end: 1.8, text: 'Sign' }]);
    expect(
      cues(line('{\\bord4}Hi'), line('{\\bord2}Hi', { layer: 1 }), line('{\\pos(500,484)}Hi')),
    ).toHaveLength(2);
    expect(cues(line('{\\pos(500,100)}Hi'), line('{\\pos(504,104)\\blur3}Hi', { layer: 1 }))).toHaveLength(1);
    expect(cues(line('Yes.'), line('Yes.', { from: '0:00:05.00', to: '0:00:06.00' }))).toHaveLength(2);
  });

  it('reads songs that are set syllable by syllable as the lines that are sung', () => {
    const fx = (text: string, x: number, from: string, to: string, y = 40) =>
      `Dialogue: 0,0:00:${from},0:00:${to},Default,,0,0,0,fx,{\\an5\\pos(${x},${y})\\t(0,200,\\fscx120)}${text}`;
    const stages = (text: string, x: number, sung: [string, string]) => [
      fx(text, x, '01.00', sung[0]),
      fx(text, x, ...sung),
      fx(text, x + 2, sung[1], '04.00'),
    ];
    const made = cues(
      ...stages('ki', 400, ['01.20', '01.50']),
      ...stages('mi', 440, ['01.50', '01.90']),
      ...stages('no', 490, ['01.90', '02.30']),
      ...stages('ki', 560, ['02.30', '02.60']),
      fx('君', 450, '01.00', '04.00', 80),
      fx('の', 500, '01.00', '04.00', 80),
      fx('tsu', 400, '04.00', '06.00'),
      fx('gi', 450, '04.00', '06.00'),
    );
    expect(made.map(({ start, end, text }) => [start, end, text])).toEqual([
      [1, 4, 'ki mi no ki'],
      [1, 4, '君の'],
      [4, 6, 'tsu gi'],
    ]);
    expect(made[0]!.settings).toBe('line:5%');
    expect(
      cues(
        fx('ki', 400, '01.00', '02.00'),
        fx('mi ', 440, '01.00', '02.00'),
        fx('no', 480, '01.00', '02.00'),
      ),
    ).toMatchObject([{ text: 'kimi no' }]);
  });

  it('reads SSA, whose places have other numbers', () => {
    const ssa =
      '[Script Info]\nScriptType: v4.00\n[V4 Styles]\nFormat: Name, Fontname, Bold, Alignment\nStyle: *Default,Arial,-1,6\n[Events]\n' +
      'Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: Marked=0,0:00:01.00,0:00:02.00,*Default,,0,0,0,,Old, and fine\n';
    expect(cuesOfAss(parseAss(ssa))).toEqual([
      { start: 1, end: 2, settings: 'line:0', text: '<b>Old, and fine</b>' },
    ]);
  });

  it('never fails, and what it makes is WebVTT', () => {
    const bit = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '\\',
        '\\N',
        '\\pos(',
        '\\move(1,2',
        '\\t(0,1,',
        '\\fn',
        '\\r',
        '\\p1',
        ')',
        ',',
        '&',
        '<i>',
        '-->',
        '\\alpha&HFF&',
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 20 }), fc.constantFrom('', 'fx', 'Banner;5'), (bits, effect) => {
        const event = line(bits.join('').replaceAll(/[\r\n]/g, '')).replace('0,0,0,,', `0,0,0,${effect},`);
        const script = parseAss(shiftedAss(`[Events]\n${event}`, 0.5, 2));
        fontsUsed(script);
        const made = placeCues(cuesOfAss(script), 0, 2);
        expect(parseCues(vttSegment(made, 0, 2).text).map(({ text }) => text)).toEqual(
          made.map(({ text }) => text),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('the script for players', () => {
  it('has its times moved, and nothing that only its makers need', () => {
    const moved = shiftedAss(
      script(
        line('before', { from: '0:00:00.00', to: '0:00:00.90' }),
        line('across, with a comma', { from: '0:00:00.50', to: '0:00:02.00' }),
        'Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,the joke here is bad',
        line('{\\an8}later', { from: '1:00:59.99', to: '1:01:00.02' }),
        line('after', { from: '2:00:00.00', to: '2:00:01.00' }),
      ),
      1,
      4000,
    );
    expect(moved).not.toMatch(/secret|made by hand|joke|before|after/);
    expect(moved).toContain('Style: Sign,@Signs,20,-1,0,0,7,100,10,200,1');
    expect(moved.match(/^Dialogue.*$/gm)).toEqual([
      'Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,across, with a comma',
      'Dialogue: 0,1:00:58.99,1:00:59.02,Default,,0,0,0,,{\\an8}later',
    ]);
    expect(shiftedAss(moved, 0, 4000)).toBe(moved);
  });
});

describe('the fonts of a script', () => {
  it('are those that its events are set in, each with its characters and their first times', () => {
    const used = fontsUsed(
      parseAss(
        script(
          line('ab{\\fnSigns Two\\b1}c\\Nd{\\fn}e{\\r}f', { from: '0:00:05.00', to: '0:00:06.00' }),
          line('b{\\p1}m 0 0 l 9 9{\\p0}{\\t(0,5,\\fnLate)}g\\h'),
          line('縦', { style: 'Sign' }),
        ),
      ),
    );
    expect(
      used.map(({ family, weight, italic, characters }) => [
        family,
        weight,
        italic,
        [...characters.keys()].join(''),
      ]),
    ).toEqual([
      ['Open Sans', 400, false, 'abf'],
      ['Signs Two', 700, false, 'cd'],
      ['Open Sans', 700, false, 'e'],
      ['Late', 400, false, 'g'],
      ['Signs', 700, false, '縦'],
    ]);
    expect(used[0]!.characters.get('b')).toBe(1);
    expect(used[0]!.characters.get('a')).toBe(5);
  });

  it('may be inside of it', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * 37) % 256);
    let text = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const [a, b = 0, c = 0] = bytes.subarray(i, i + 3);
      const sixes = [a! >> 2, ((a! & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
      text += String.fromCharCode(
        ...sixes.slice(0, Math.min(3, bytes.length - i) + 1).map((six) => six + 33),
      );
    }
    const lines = text.match(/.{1,80}/g)!.join('\r\n');
    const file = `[Script Info]\r\n\r\n[Fonts]\r\nfontname: ../x_0.ttf\r\n${lines}\r\n\r\n[Events]\r\n`;
    expect(fontsInScript(file)).toEqual([bytes]);
    expect(fontsInScript(script(line('none')))).toEqual([]);
  });
});
