import { expect } from 'vitest';
import type { Page } from 'playwright-core';

// The player of the watch page as somebody in front of it knows it: what moves, what shows, what sounds.
const video = (page: Page) => page.locator('video');

export const currentTime = (page: Page) => video(page).evaluate((v: HTMLVideoElement) => v.currentTime);

/** It plays: time goes on by itself, and nothing is in the way. */
export async function expectPlaying(page: Page): Promise<void> {
  await page
    .locator('.player[data-state="playing"]')
    .waitFor()
    .catch(async (cause: unknown) => {
      const shown = await page.getByRole('main').innerText();
      throw new Error(`It does not play, and the page says: ${shown}`, { cause });
    });
  const before = await currentTime(page);
  await expect.poll(() => currentTime(page), { timeout: 15_000 }).toBeGreaterThan(before + 0.5);
  expect(await page.locator('.trouble').count()).toBe(0);
}

/** Stops at a moment, and waits for its picture. */
export async function pauseAt(page: Page, seconds: number): Promise<void> {
  await video(page).evaluate(
    (v: HTMLVideoElement, at) =>
      new Promise<void>((resolve, reject) => {
        v.pause();
        v.addEventListener('seeked', () => resolve(), { once: true });
        v.addEventListener('error', () => reject(new Error(v.error?.message)), { once: true });
        v.currentTime = at;
      }),
    seconds,
  );
}

export const goOn = (page: Page) => video(page).evaluate((v: HTMLVideoElement) => v.play());

/** The mean colour of the picture on the screen, 0 to 255. */
export const colour = (page: Page): Promise<[number, number, number]> =>
  video(page).evaluate((v: HTMLVideoElement) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 16, height: 9 });
    const brush = canvas.getContext('2d')!;
    brush.drawImage(v, 0, 0, 16, 9);
    const { data } = brush.getImageData(0, 0, 16, 9);
    const mean = (channel: number) => {
      let sum = 0;
      for (let i = channel; i < data.length; i += 4) sum += data[i]!;
      return Math.round(sum / (data.length / 4));
    };
    return [mean(0), mean(1), mean(2)];
  });

/** The loudest tone that sounds right now, in hertz. */
export const tone = (page: Page): Promise<number> =>
  video(page).evaluate((v: HTMLVideoElement) => {
    const kept = v as HTMLVideoElement & { ear?: AnalyserNode };
    if (!kept.ear) {
      const audio = new AudioContext();
      kept.ear = audio.createAnalyser();
      kept.ear.fftSize = 8192;
      audio.createMediaElementSource(v).connect(kept.ear).connect(audio.destination);
    }
    const levels = new Float32Array(kept.ear.frequencyBinCount);
    kept.ear.getFloatFrequencyData(levels);
    const loudest = levels.indexOf(Math.max(...levels));
    return levels[loudest]! > -60 ? (loudest * kept.ear.context.sampleRate) / kept.ear.fftSize : 0;
  });

const shownItems = (page: Page) =>
  page.locator('.player').getByRole('menuitemradio').filter({ visible: true });

/** Opens one of the player's menus by its button's name, and gives its choices. */
async function open(page: Page, button: RegExp) {
  await video(page).hover({ position: { x: 40, y: 40 } }); // controls hide while nobody moves
  await page.locator('media-control-bar').getByRole('button', { name: button }).click();
  await shownItems(page).first().waitFor();
  return shownItems(page);
}

/** A menu takes the keys when it has faded in, and is gone when it has faded out. */
const close = (page: Page) =>
  expect
    .poll(async () => {
      if (await shownItems(page).first().isVisible()) await page.keyboard.press('Escape');
      return shownItems(page).count();
    })
    .toBe(0);

export async function choices(page: Page, button: RegExp): Promise<string[]> {
  const items = await open(page, button);
  const names = await items.allTextContents();
  await close(page);
  return names.map((name) => name.trim());
}

export async function choose(page: Page, button: RegExp, name: string | RegExp): Promise<void> {
  await (await open(page, button)).filter({ hasText: name }).click();
  await close(page);
}

export type Cue = { from: number; to: number; text: string };
/** The cues of the subtitles that are on. */
export const cues = (page: Page): Promise<Cue[]> =>
  video(page).evaluate((v: HTMLVideoElement) =>
    [...v.textTracks]
      .filter((track) => track.mode === 'showing')
      .flatMap((track) => [...(track.cues ?? [])] as VTTCue[])
      .map(({ startTime, endTime, text }) => ({ from: startTime, to: endTime, text })),
  );
