import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { translator } from '../i18n/i18n.ts';
import { playerEn } from '../i18n/player.en.ts';
import type { Marker } from '../../schema/media-facts.ts';
import { filmIn } from './film.ts';
import { offerNext } from './next-card.ts';
import { prefer } from './preferences.ts';
import { offerSkips } from './skip.ts';
import type { Stage } from './stage.ts';
import { typesetOver } from './typeset.ts';
import { untilBack, type Look } from './until-back.ts';

const opening: Marker = { kind: 'opening', start: 60, end: 150, first: false, source: 'chapters' };
let over: AbortController;
let said: string[];
let stage: Stage;
let at: (seconds: number) => void;
beforeEach(() => {
  over = new AbortController();
  said = [];
  localStorage.clear();
  const video = document.createElement('video');
  Object.defineProperties(video, {
    currentTime: { value: 0, writable: true },
    duration: { value: 1440 },
    paused: { value: false, writable: true },
  });
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const words = { t: translator<typeof playerEn>(playerEn, 'en'), language: 'en' as const };
  const { film } = filmIn(video, () => null, over.signal);
  stage = { root, video, film, words, say: (text) => said.push(text) };
  at = (seconds) => {
    video.currentTime = seconds;
    video.dispatchEvent(new Event('timeupdate'));
  };
});
afterEach(() => over.abort());
const button = (name: string) =>
  [...stage.root.querySelectorAll('button')].find(({ textContent }) => textContent === name);

describe('skipping', () => {
  it('is offered while there is something to skip, and leaves with the play', () => {
    offerSkips(stage, [opening], () => false, over.signal);
    at(61);
    button('Skip opening')!.click();
    expect(stage.video.currentTime).toBe(150);
    at(150);
    expect(button('Skip opening')).toBeUndefined();
    at(61);
    over.abort();
    expect(stage.root.querySelector('.skips')).toBeNull();
  });

  it('happens by itself once, where this device is to: who goes back wants to see it', () => {
    prefer({ skip: true });
    offerSkips(stage, [opening], () => false, over.signal);
    at(61);
    expect(stage.video.currentTime).toBe(150);
    expect(said).toEqual(['Skipped: opening']);
    at(70);
    expect(stage.video.currentTime).toBe(70);
    expect(button('Skip opening')).toBeDefined();
  });

  it('leaves the first airing of an opening alone', () => {
    prefer({ skip: true });
    offerSkips(stage, [{ ...opening, first: true }], () => false, over.signal);
    at(61);
    expect(stage.video.currentTime).toBe(61);
    expect(button('Skip opening')).toBeDefined();
  });
});

describe('the next episode', () => {
  const next = { id: 'ep_2', name: 'Second', still: null };
  const offer = () => {
    const went = vi.fn<() => void>();
    offerNext(stage, next, { from: 1320, quick: true }, went, over.signal);
    return went;
  };

  it('is offered in time, counts down to the end, and begins there', () => {
    const went = offer();
    at(1319);
    expect(button('Play now')).toBeUndefined();
    at(1380);
    expect(stage.root.querySelector('.next-card')?.textContent).toContain('Secondin 60 s');
    expect(went).not.toHaveBeenCalled();
    stage.video.dispatchEvent(new Event('ended'));
    expect(went).toHaveBeenCalledOnce();
  });

  it('can be declined, and is offered anew to who goes back', () => {
    const went = offer();
    at(1380);
    button('Not now')!.click();
    expect(button('Play now')).toBeUndefined();
    stage.video.dispatchEvent(new Event('ended'));
    expect(went).not.toHaveBeenCalled();
    at(1000);
    at(1380);
    expect(button('Play now')).toBeDefined();
  });

  it('waits to be asked for, on a device that is told to', () => {
    prefer({ next: false });
    const went = offer();
    at(1380);
    expect(button('Not now')!.hidden).toBe(true);
    stage.video.dispatchEvent(new Event('ended'));
    expect(went).not.toHaveBeenCalled();
    button('Play now')!.click();
    expect(went).toHaveBeenCalledOnce();
  });

  it('comes soon where endings are skipped by themselves', () => {
    prefer({ skip: true });
    const went = offer();
    at(1322);
    expect(went).not.toHaveBeenCalled();
    at(1330);
    expect(went).toHaveBeenCalledOnce();
  });
});

describe('typeset subtitles', () => {
  const track = (name: string) => ({ url: `https://cdn.example/${name}.ass`, fonts: [] });
  const stands = (state: string | undefined) =>
    vi.waitFor(() => expect(stage.root.dataset['typeset']).toBe(state));
  beforeEach(() => {
    stage.root.append(stage.video);
    vi.stubGlobal('fetch', async (url: string) =>
      url.includes('gone') ? new Response(null, { status: 403 }) : new Response('[Script Info]'),
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are drawn over the video, and go with their track', async () => {
    const destroy = vi.fn<() => void>();
    const typeset = typesetOver(stage.root, stage.video, over.signal, async () => async () => ({ destroy }));
    typeset.show(track('one'));
    await stands('shown');
    expect(stage.video.nextElementSibling?.localName).toBe('canvas');
    typeset.show(null);
    await stands(undefined);
    expect(destroy).toHaveBeenCalledOnce();
    expect(stage.root.querySelector('canvas')).toBeNull();
  });

  it.each([
    ['their file cannot be had', 'gone', async () => ({ destroy: () => undefined })],
    ['they cannot be drawn', 'one', () => Promise.reject(new Error('no WebAssembly'))],
  ])('give way to plain ones where %s', async (_, name, draw) => {
    const typeset = typesetOver(stage.root, stage.video, over.signal, async () => draw);
    typeset.show(track(name));
    await stands('failed');
    expect(stage.root.querySelector('canvas')).toBeNull();
  });

  it('of the track that was asked for last', async () => {
    const scripts: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => new Response(url));
    const typeset = typesetOver(stage.root, stage.video, over.signal, async () => async (_, __, script) => {
      scripts.push(script);
      return { destroy: () => undefined };
    });
    typeset.show(track('one'));
    typeset.show(track('two'));
    await stands('shown');
    expect(scripts).toEqual(['https://cdn.example/two.ass']);
    expect(stage.root.querySelectorAll('canvas')).toHaveLength(1);
  });
});

describe('a network that is away', () => {
  it('is looked for at once when the browser says that it is back', async () => {
    const looks: Look[] = ['away', 'back'];
    const found = untilBack(async () => looks.shift()!, over.signal);
    await vi.waitFor(() => expect(looks).toEqual(['back']));
    globalThis.dispatchEvent(new Event('online'));
    expect(await found).toBe('back');
  });

  it('is not looked for any more by who has left', async () => {
    const found = untilBack(async () => 'away', over.signal);
    over.abort();
    expect(await found).toBeNull();
  });
});
