import 'media-chrome/media-controller.js';
import 'media-chrome/media-control-bar.js';
import 'media-chrome/media-airplay-button.js';
import 'media-chrome/media-fullscreen-button.js';
import 'media-chrome/media-loading-indicator.js';
import 'media-chrome/media-mute-button.js';
import 'media-chrome/media-pip-button.js';
import 'media-chrome/media-play-button.js';
import 'media-chrome/media-preview-chapter-display.js';
import 'media-chrome/media-preview-thumbnail.js';
import 'media-chrome/media-preview-time-display.js';
import 'media-chrome/media-seek-backward-button.js';
import 'media-chrome/media-seek-forward-button.js';
import 'media-chrome/media-time-display.js';
import 'media-chrome/media-time-range.js';
import 'media-chrome/media-volume-range.js';
import 'media-chrome/menu/media-audio-track-menu-button.js';
import 'media-chrome/menu/media-audio-track-menu.js';
import 'media-chrome/menu/media-captions-menu-button.js';
import 'media-chrome/menu/media-captions-menu.js';
import 'media-chrome/menu/media-chrome-menu-item.js';
import 'media-chrome/menu/media-playback-rate-menu-button.js';
import 'media-chrome/menu/media-playback-rate-menu.js';
import 'media-chrome/menu/media-rendition-menu-button.js';
import 'media-chrome/menu/media-rendition-menu.js';
import type { MediaController } from 'media-chrome/media-controller.js';
import type { MediaCaptionsMenu } from 'media-chrome/menu/media-captions-menu.js';
import { createMediaStore } from 'media-chrome/media-store/media-store.js';
import { stateMediator, type StateMediator } from 'media-chrome/media-store/state-mediator.js';
import type { PlayerWords } from './words.ts';

/** The library's elements, laid out; only constants in here. */
const layout = `
  <media-controller class="controls" nohotkeys nosubtitleslangpref>
    <video slot="media" playsinline></video>
    <media-loading-indicator slot="centered-chrome" noautohide></media-loading-indicator>
    <media-play-button class="controls__start" slot="centered-chrome" notooltip></media-play-button>
    <media-playback-rate-menu hidden anchor="auto" rates="0.5 0.75 1 1.25 1.5 2"></media-playback-rate-menu>
    <media-rendition-menu hidden anchor="auto"></media-rendition-menu>
    <media-audio-track-menu hidden anchor="auto"></media-audio-track-menu>
    <media-captions-menu hidden anchor="auto"></media-captions-menu>
    <media-control-bar class="controls__seek">
      <media-time-range>
        <media-preview-thumbnail slot="preview"></media-preview-thumbnail>
        <media-preview-chapter-display slot="preview"></media-preview-chapter-display>
        <media-preview-time-display slot="preview"></media-preview-time-display>
      </media-time-range>
    </media-control-bar>
    <media-control-bar class="controls__bar">
      <media-play-button></media-play-button>
      <media-seek-backward-button seekoffset="10"></media-seek-backward-button>
      <media-seek-forward-button seekoffset="10"></media-seek-forward-button>
      <span class="controls__volume"><media-mute-button></media-mute-button><media-volume-range></media-volume-range></span>
      <media-time-display showduration notoggle></media-time-display>
      <span class="controls__space"></span>
      <media-audio-track-menu-button></media-audio-track-menu-button>
      <media-captions-menu-button></media-captions-menu-button>
      <media-rendition-menu-button></media-rendition-menu-button>
      <media-playback-rate-menu-button>
        <svg slot="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4.5 17.5a9 9 0 1 1 15 0M12 14l4.2-5.2" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>
          <circle cx="12" cy="14" r="1.8" fill="currentColor"/>
        </svg>
      </media-playback-rate-menu-button>
      <button type="button" class="controls__help">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 7h9m4 0h3M4 17h3m4 0h9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>
          <circle cx="15" cy="7" r="2" fill="none" stroke="currentColor" stroke-width="2"/>
          <circle cx="9" cy="17" r="2" fill="none" stroke="currentColor" stroke-width="2"/>
        </svg>
      </button>
      <media-airplay-button></media-airplay-button>
      <media-pip-button></media-pip-button>
      <media-fullscreen-button></media-fullscreen-button>
    </media-control-bar>
  </media-controller>`;

const MENUS = 'media-playback-rate-menu, media-rendition-menu, media-audio-track-menu, media-captions-menu';

export type Controls = {
  element: MediaController;
  video: HTMLVideoElement;
};

export type ControlsOptions = {
  words: PlayerWords;
  /** An element that plays already; null: a new one. */
  video: HTMLVideoElement | null;
  facts: Partial<StateMediator>;
  /** What is shown in full screen: the picture with all that stands over it. */
  root: HTMLElement;
  /** A label of the menu, from the name in the playlist. */
  subtitleLabel: (name: string) => string;
  /** Opens settings and shortcuts. */
  onHelp: () => void;
};

/** The controls around a video element (ADR 0021). */
export function makeControls(options: ControlsOptions): Controls {
  const { words, facts, root, subtitleLabel } = options;
  const template = document.createElement('template');
  template.innerHTML = layout;
  const element = document
    .importNode(template.content, true)
    .querySelector<MediaController>('media-controller')!;
  const video = options.video ?? element.querySelector('video')!;
  if (options.video) {
    // Moved within one task, a media element goes on playing (HTML, "removing steps" of media elements).
    Object.assign(video, { slot: 'media', playsInline: true });
    element.querySelector('video')!.replaceWith(video);
  }
  element.setAttribute('lang', words.language);

  // These menus open from buttons, so their (hidden) way back leads nowhere; and a menu owns menu items only (ARIA 1.2).
  for (const menu of element.querySelectorAll(MENUS)) {
    const back = menu.shadowRoot?.querySelector('slot[name="header"] > button');
    back?.replaceWith(...back.querySelectorAll('slot')); // the library looks for these
  }
  // Pictures of the seek bar say nothing that its time and chapter do not.
  for (const preview of element.querySelectorAll('media-preview-thumbnail'))
    preview.shadowRoot?.querySelector('img')?.setAttribute('alt', '');
  // The menu prints what this returns for each track.
  element.querySelector<MediaCaptionsMenu>('media-captions-menu')!.formatMenuItemText = subtitleLabel;
  element.mediaStore = createMediaStore({
    media: video,
    fullscreenElement: root,
    stateMediator: { ...stateMediator, ...facts },
  });
  element.fullscreenElement = root;
  const help = element.querySelector<HTMLButtonElement>('.controls__help')!;
  help.setAttribute('aria-label', words.t('help.open'));
  help.addEventListener('click', options.onHelp);
  return { element, video };
}
