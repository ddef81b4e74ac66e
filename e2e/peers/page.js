// One page for every player: each is driven by the same few words. Loaded by serve.ts with the player's own script before it.
const video = document.querySelector('video');
const until = async (what, test, ms = 25_000) => {
  const end = performance.now() + ms;
  while (!(await test())) {
    if (performance.now() > end)
      throw new Error(`${what}: not within ${ms} ms (${video.error?.message ?? 'no error'})`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const drivers = {
  async 'hls.js'(address) {
    const hls = new Hls();
    hls.on(Hls.Events.ERROR, (_, data) => data.fatal && problems.push(data.details));
    hls.loadSource(address);
    hls.attachMedia(video);
    await until('the playlist', () => hls.levels.length > 0);
    return {
      audio: () => hls.audioTracks.map(({ lang }) => lang),
      hear: (language) => (hls.audioTrack = hls.audioTracks.findIndex(({ lang }) => lang === language)),
      texts: () => hls.subtitleTracks.map(({ lang }) => lang),
      read: (language) => {
        hls.subtitleDisplay = true;
        hls.subtitleTrack = hls.subtitleTracks.findIndex(({ lang }) => lang === language);
      },
      rungs: () => hls.levels.map(({ height }) => height),
      rung: (height) => (hls.currentLevel = hls.levels.findIndex((level) => level.height === height)),
    };
  },
  async 'shaka-player'(address) {
    const player = new shaka.Player();
    player.addEventListener('error', ({ detail }) => problems.push(`shaka ${detail.code}`));
    await player.attach(video);
    await player.load(address);
    return {
      audio: () => player.getAudioTracks().map(({ language }) => language),
      hear: (wanted) =>
        player.selectAudioTrack(player.getAudioTracks().find(({ language }) => language === wanted)),
      texts: () => player.getTextTracks().map(({ language }) => language),
      read: (wanted) =>
        player.selectTextTrack(player.getTextTracks().find(({ language }) => language === wanted)),
      rungs: () => player.getVideoTracks().map(({ height }) => height),
      rung: (wanted) => {
        player.configure({ abr: { enabled: false } });
        player.selectVideoTrack(
          player.getVideoTracks().find(({ height }) => height === wanted),
          true,
        );
      },
    };
  },
  async 'video.js'(address) {
    const player = videojs(video, { html5: { vhs: { overrideNative: true } } });
    player.on('error', () => problems.push(player.error()?.message));
    player.src({ src: address, type: 'application/x-mpegURL' });
    await until('the playlist', () => player.qualityLevels().length > 0);
    const list = (all) => Array.from({ length: all.length }, (_, i) => all[i]);
    const words = () => list(player.textTracks()).filter(({ kind }) => kind === 'subtitles');
    return {
      audio: () => list(player.audioTracks()).map(({ language }) => language),
      hear: (wanted) => {
        for (const track of list(player.audioTracks())) if (track.language === wanted) track.enabled = true;
      },
      texts: () => words().map(({ language }) => language),
      read: (wanted) => {
        for (const track of words()) track.mode = track.language === wanted ? 'showing' : 'disabled';
      },
      cues: () => words().flatMap((track) => list(track.cues ?? []).map(({ text }) => text)),
      rungs: () => list(player.qualityLevels()).map(({ height }) => height),
      rung: (wanted) => {
        // It changes at once where one is switched on, and never where all are off.
        const levels = list(player.qualityLevels());
        const level = levels.find(({ height }) => height === wanted);
        if (levels.every(({ enabled }) => enabled)) level.enabled = false;
        level.enabled = true;
        for (const other of levels) if (other !== level) other.enabled = false;
      },
    };
  },
  async native(address) {
    video.src = address;
    await until('the film', () => video.readyState >= 1);
    return {};
  },
};

const problems = [];
let driver;
let ear;

/** The tone that sounds, hertz. */
function heard() {
  if (!ear) {
    const audio = new AudioContext();
    ear = audio.createAnalyser();
    ear.fftSize = 8192;
    audio.createMediaElementSource(video).connect(ear).connect(audio.destination);
  }
  const levels = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(levels);
  const loudest = levels.indexOf(Math.max(...levels));
  return levels[loudest] > -60 ? (loudest * ear.context.sampleRate) / ear.fftSize : 0;
}

globalThis.peer = {
  async load(player, address) {
    driver = await drivers[player](address);
    await video.play();
    await until('playing', () => video.currentTime > 0.7);
  },
  problems: () => problems,
  audio: () => driver.audio(),
  texts: () => driver.texts(),
  rungs: () => driver.rungs(),
  async hears(hertz) {
    await until(`a tone of ${hertz} Hz`, () => Math.abs(heard() - hertz) < 15);
  },
  async hear(language, hertz) {
    driver.hear(language);
    await this.hears(hertz);
  },
  async read(language, words) {
    await driver.read(language);
    const cues = () =>
      driver.cues?.() ??
      [...video.textTracks].flatMap((track) => [...(track.cues ?? [])].map(({ text }) => text));
    await until(`the cue ${words}`, () => cues().some((text) => text.includes(words)));
  },
  async rung(height) {
    driver.rung(height);
    await until(`${height} lines`, () => video.videoHeight === height);
    const at = video.currentTime;
    await until(`playing on in ${height} lines`, () => video.currentTime > at + 0.3);
  },
  /** Goes to a place and plays on from there. @returns pictures that were shown since */
  async seek(seconds) {
    const before = video.getVideoPlaybackQuality().totalVideoFrames;
    video.currentTime = seconds;
    await until(`playing from ${seconds} s`, () => !video.seeking && video.currentTime > seconds + 0.5);
    return video.getVideoPlaybackQuality().totalVideoFrames - before;
  },
  lines: () => video.videoHeight,
  duration: () => video.duration,
};
