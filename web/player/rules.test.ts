import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Marker } from '../../schema/media-facts.ts';
import { choiceOf, inThisRoom } from './choice.ts';
import { markerAt, offersNextFrom, skipsItself } from './markers.ts';
import { beginsAt } from './next-card.ts';
import { commandOf, shortcuts, takesKey } from './shortcuts.ts';
import { tilesOf } from './storyboard.ts';
import { whyThis } from './why.ts';
import { bufferAhead } from './why-view.ts';

const marker = (kind: Marker['kind'], start: number, end: number, first = false): Marker => ({
  kind,
  start,
  end,
  first,
  source: 'chapters',
});
const opening = marker('opening', 60, 150);

describe('markers', () => {
  it('are offered from their start until there is nothing left to skip', () => {
    expect([59.9, 60, 148, 149].map((at) => markerAt([opening], at)?.kind ?? null)).toEqual([
      null,
      'opening',
      'opening',
      null,
    ]);
  });

  it('an opening that is new to its season is not skipped by itself, and no preview is', () => {
    expect(skipsItself(opening)).toBe(true);
    expect(skipsItself({ ...opening, first: true })).toBe(false);
    expect(skipsItself(marker('preview', 1400, 1420))).toBe(false);
  });

  it.each([
    ['the ending, where nothing follows it', [marker('ending', 1320, 1410)], 1320],
    [
      'the ending, where a preview follows it',
      [marker('ending', 1300, 1390), marker('preview', 1390, 1419)],
      1300,
    ],
    ['near the end, where a scene follows the ending', [marker('ending', 1200, 1290)], 1405],
    ['near the end, where no ending is known', [opening], 1405],
    ['near the end, where the ending is shorter than that', [marker('ending', 1412, 1420)], 1405],
  ])('the next episode is offered from %s', (_, markers, from) => {
    expect(offersNextFrom(markers, 1420)).toBe(from);
  });

  it('the next episode begins at the end, or soon where endings are skipped by themselves', () => {
    expect(beginsAt({ from: 1320, quick: true }, 1420, true)).toBe(1330);
    expect(beginsAt({ from: 1320, quick: true }, 1420, false)).toBe(1420);
    expect(beginsAt({ from: 1405, quick: false }, 1420, true)).toBe(1420);
    expect(beginsAt({ from: 1418, quick: true }, 1420, true)).toBe(1420);
  });
});

describe('a storyboard', () => {
  const vtt =
    'WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nsprite-0.jpg#xywh=0,0,160,90\n\n01:00:02.500 --> 01:00:05.000\nsprite-1.jpg#xywh=160,0,160,90\n';

  it('takes the signature of its address along to its sprites', () => {
    expect(tilesOf(vtt, 'https://cdn.example/hls/a/pictures/storyboard.vtt?Policy=p&Signature=s')).toEqual([
      {
        from: 0,
        to: 2.5,
        address: 'https://cdn.example/hls/a/pictures/sprite-0.jpg?Policy=p&Signature=s#xywh=0,0,160,90',
      },
      {
        from: 3602.5,
        to: 3605,
        address: 'https://cdn.example/hls/a/pictures/sprite-1.jpg?Policy=p&Signature=s#xywh=160,0,160,90',
      },
    ]);
  });

  it('has the token in its path, where the Worker delivers', () => {
    const [tile] = tilesOf(vtt, 'https://engawa.example/hls/token/pictures/storyboard.vtt');
    expect(tile?.address).toBe('https://engawa.example/hls/token/pictures/sprite-0.jpg#xywh=0,0,160,90');
  });

  it('whatever it says, it breaks nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => void tilesOf(text, 'https://cdn.example/a.vtt')));
    expect(tilesOf('<html>not found</html>', 'https://cdn.example/a.vtt')).toEqual([]);
  });
});

describe('why this quality', () => {
  const qualities = [
    { id: '2', width: 1920, height: 1080, bitrate: 5_000_000 },
    { id: '0', width: 640, height: 360, bitrate: 800_000 },
    { id: '1', width: 1280, height: 720, bitrate: 2_500_000 },
  ];
  const watched = { qualities, shown: '1', codec: '', sizeCap: null, bandwidth: 20_000_000 };
  it.each([
    ['the viewer chose it', watched, true, 'hand'],
    ['there is none better', { ...watched, shown: '2' }, false, 'grant'],
    ['the player is no larger', { ...watched, sizeCap: '1' }, false, 'size'],
    ['the connection carries no more', { ...watched, bandwidth: 6_000_000 }, false, 'bandwidth-limit'],
    ['nothing was measured yet', { ...watched, bandwidth: null }, false, 'bandwidth-limit'],
    ['it is about to rise', watched, false, 'rising'],
    [
      'it is below what the player’s size allows',
      { ...watched, shown: '0', sizeCap: '1', bandwidth: 1_000_000 },
      false,
      'bandwidth-limit',
    ],
  ] as const)('%s', (_, given, byHand, reason) => {
    expect(whyThis(given, byHand)).toBe(reason);
  });

  it('counts what is in store from where the viewer is', () => {
    const ranges = [
      [0, 10],
      [20, 50],
    ] as const;
    const buffered = { length: 2, start: (i: number) => ranges[i]![0], end: (i: number) => ranges[i]![1] };
    expect([5, 15, 30].map((currentTime) => bufferAhead({ buffered, currentTime }))).toEqual([5, 0, 20]);
  });
});

describe('keys', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false };
  it('no key asks for two things, and every command has one', () => {
    const keys = shortcuts.flatMap(({ keys: own }) => own);
    expect(new Set(keys).size).toBe(keys.length);
    for (const {
      command,
      keys: [key = ''],
    } of shortcuts)
      expect(commandOf({ ...plain, key })).toBe(command);
    expect(commandOf({ ...plain, key: 'K' })).toBe('play'); // caps lock
  });

  it('with a modifier they are the browser’s', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'])
      expect(commandOf({ ...plain, [modifier]: true, key: 'f' })).toBeNull();
  });

  it('the element that has the focus comes first', () => {
    const path = (html: string) => {
      const box = document.createElement('div');
      box.innerHTML = html;
      return [box.firstElementChild!, box, document];
    };
    expect(takesKey(path('<input type="search">'), 'k')).toBe(true);
    expect(takesKey(path('<textarea></textarea>'), '0')).toBe(true);
    expect(takesKey(path('<button></button>'), ' ')).toBe(true);
    expect(takesKey(path('<button></button>'), 'k')).toBe(false);
    expect(takesKey(path('<div role="slider"></div>'), 'ArrowLeft')).toBe(true);
    expect(takesKey(path('<div role="slider"></div>'), 'm')).toBe(false);
    expect(takesKey(path('<p></p>'), ' ')).toBe(false);
  });
});

describe('what is remembered, and what is the room’s', () => {
  const sound = (id: string, channels: number, language = 'ja') => ({
    id,
    language,
    name: language,
    default: false,
    role: language === 'ja' ? ('main' as const) : ('dub' as const),
    channels,
  });
  const audio = [sound('a0', 2), sound('a0-51', 6), sound('a1', 2, 'en')];
  const subtitles = [
    { id: 's0', language: 'en', name: 'English', default: false, role: 'signs' as const, typeset: null },
  ];

  it('tracks by what they are', () => {
    expect(choiceOf({ audio, subtitles }, 'a1', 's0')).toEqual({
      audio: { language: 'en', role: 'dub' },
      subtitles: { language: 'en', role: 'signs' },
    });
    expect(choiceOf({ audio, subtitles }, null, null)).toEqual({ audio: null, subtitles: null });
  });

  it('surround where this device is set up for it, and there is any', () => {
    const play = (chosen: string) => ({ audio, subtitles, chosen: { audio: chosen, subtitles: null } });
    expect(inThisRoom(play('a0'), true).audio).toBe('a0-51');
    expect(inThisRoom(play('a0'), false).audio).toBe('a0');
    expect(inThisRoom(play('a1'), true).audio).toBe('a1');
  });
});
