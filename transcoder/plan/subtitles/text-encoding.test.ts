import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../testing/encode.ts';
import { sniffSubtitles } from './sniff.ts';
import { decodeText } from './text-encoding.ts';

const said = {
  ja: '今日はとてもいい天気ですね。\n学校へ行きましょう！\nカメラを持ってきてください。',
  ru: 'Привет, как дела?\nСегодня прекрасная погода.\nПойдём в школу!',
  fr: 'Où est passé le garçon ?\nIl était là hier soir, à côté de la fenêtre.\nDéjà vu, n’est-ce pas ?',
  hans: '今天天气很好。\n我们一起去学校吧！\n你在说什么？这是我的朋友。',
  hant: '今天天氣很好。\n我們一起去學校吧！\n你在說什麼？這是我的朋友。',
  ko: '오늘은 날씨가 정말 좋네요.\n학교에 갑시다!\n무슨 말을 하는 거야?',
};
const asSrt = (text: string): string =>
  text
    .split('\n')
    .map((line, i) => `${i + 1}\r\n00:00:0${i + 1},000 --> 00:00:0${i + 2},000\r\n<i>${line}</i>\r\n`)
    .join('\r\n');
const asAss = (text: string): string =>
  `[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n${text
    .split('\n')
    .map(
      (line, i) => `Dialogue: 0,0:00:0${i}.00,0:00:0${i + 1}.00,Default,,0,0,0,,{\\an8\\fad(100,100)}${line}`,
    )
    .join('\n')}\n`;

describe('the encoding of a side-car', () => {
  it.each([
    ['shift_jis', said.ja],
    ['euc-jp', said.ja],
    ['windows-1251', said.ru],
    ['windows-1252', said.fr],
    ['gb18030', said.hans],
    ['big5', said.hant],
    ['euc-kr', said.ko],
  ])('%s is told by its text, in SubRip and in ASS', (encoding, text) => {
    for (const file of [asSrt(text), asAss(text)]) {
      const found = sniffSubtitles(encodeText(file, encoding));
      expect(found).toMatchObject({ encoding, sure: true });
      expect(found?.text).toBe(file.replaceAll('\r\n', '\n'));
    }
  });

  it.each(Object.values(said))('Unicode is proved, with a byte order mark and without: %s', (text) => {
    const file = asSrt(text);
    const le = Buffer.from(file, 'utf16le');
    const be = Buffer.from(file, 'utf16le').swap16();
    const cases: [string, Uint8Array][] = [
      ['utf-8', Buffer.from(file)],
      ['utf-8', Buffer.from(`\uFEFF${file}`)],
      ['utf-16le', le],
      ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), le])],
      ['utf-16be', be],
      ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), be])],
    ];
    for (const [encoding, bytes] of cases)
      expect(decodeText(bytes)).toEqual({ text: file, encoding, sure: true });
  });

  it('is a guess where a few letters are all there is to go by, and says so', () => {
    const found = sniffSubtitles(encodeText(asSrt('Hello\nCafé\nBye'), 'windows-1252'));
    expect(found).toMatchObject({ sure: false, codec: 'subrip' });
  });

  it('is none for what is not text', () => {
    expect(decodeText(Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 0, 0, 0, 1]))).toBeNull();
    expect(sniffSubtitles(new Uint8Array())).toBeNull();
    expect(sniffSubtitles(Buffer.from('a shopping list'))).toBeNull();
  });

  it('is told in time that grows with the file, not with its square', () => {
    const hostile = encodeText(
      `1\n00:00:01,000 --> 00:00:02,000\né${'<'.repeat(1e6)}${'{\\'.repeat(1e6)}\n`,
      'windows-1252',
    );
    const before = performance.now();
    expect(sniffSubtitles(hostile)?.codec).toBe('subrip');
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('never fails, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(decodeText(bytes)?.text ?? '').not.toMatch(/\0/);
      }),
    );
  });
});
