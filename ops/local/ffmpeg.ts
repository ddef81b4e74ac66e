import { run, must } from './run.ts';
import type { Progress } from './screen.ts';
import { Sentence } from './sentence.ts';

/** The version of an FFmpeg on PATH that has what the transcoder needs, or null. */
export async function ffmpegVersion(): Promise<string | null> {
  try {
    const [encoders, probe] = await Promise.all([
      run('ffmpeg', ['-hide_banner', '-encoders']),
      run('ffprobe', ['-version']),
    ]);
    if (probe.code !== 0 || !/\blibx264\b/.test(encoders.output)) return null;
    return /version (\S+)/.exec(probe.output)?.[1] ?? 'unknown';
  } catch {
    return null; // not on PATH
  }
}

/** Whether missing Debian packages can be installed without asking anybody. */
export const mayInstall = async (): Promise<boolean> =>
  process.getuid?.() === 0 &&
  (await run('apt-get', ['--version']).then(
    ({ code }) => code === 0,
    () => false,
  ));

/** Installs Debian packages. @throws Sentence with apt's own words */
export async function aptInstall(
  packages: string[],
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onLine: progress,
    ...(signal ? { signal } : {}),
  };
  await must('apt-get update', 'apt-get', ['update', '-q'], options);
  await must(
    `apt-get install ${packages.join(' ')}`,
    'apt-get',
    ['install', '-yq', '--no-install-recommends', ...packages],
    options,
  );
}

const howTo: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'brew install ffmpeg',
  win32: 'winget install Gyan.FFmpeg',
  linux: 'sudo apt-get install ffmpeg (Fedora: sudo dnf install ffmpeg; Arch: sudo pacman -S ffmpeg)',
};

/** @throws Sentence when there is none and it can't be installed from here */
export async function findFfmpeg(progress: Progress, signal?: AbortSignal): Promise<string> {
  const found = await ffmpegVersion();
  if (found) return found;
  if (await mayInstall()) {
    progress('installing it with apt-get');
    await aptInstall(['ffmpeg'], progress, signal);
    const installed = await ffmpegVersion();
    if (installed) return installed;
  }
  throw new Sentence(
    `Engawa needs ffmpeg and ffprobe with libx264 on PATH: ${howTo[process.platform] ?? 'see https://ffmpeg.org/download.html'}`,
  );
}
