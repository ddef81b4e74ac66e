import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { readTimes } from '../plan/pictures/looks-args.ts';
import { sourceWentAway } from '../plan/source/input.ts';
import type { Command } from '../plan/video/args.ts';
import { StoreFailure } from '../storage/store.ts';
import { sourceAddress } from './source.ts';
import type { TaskRun } from './task.ts';
import { IMMUTABLE, type Draft } from './write.ts';

/** Containers that seek badly land after the place asked for; then reading starts earlier, at last at the start: seconds. */
export const preRolls = [0, 20, null] as const;

/** Where the parts of a pictures task meet: the source's address, the CPU time spent, the notes, and the files that will be uploaded. */
export class Studio {
  readonly run: TaskRun<'pictures'>;
  readonly url: string;
  readonly drafts: Draft[] = [];
  readonly notes: string[] = [];
  cpuSeconds = 0;

  private constructor(run: TaskRun<'pictures'>, url: string) {
    this.run = run;
    this.url = url;
  }

  static async open(run: TaskRun<'pictures'>): Promise<Studio> {
    return new Studio(run, await sourceAddress(run));
  }

  /** Runs FFmpeg in the scratch folder; its log. @throws FfmpegFailure, StoreFailure */
  async ffmpeg(command: Command): Promise<string> {
    const { scratch, settings, signal } = this.run;
    const { cpuSeconds, log } = await runFfmpeg(command, settings.ffmpeg, { cwd: scratch, signal });
    this.cpuSeconds += cpuSeconds;
    // A read that breaks off ends FFmpeg well: the film would seem shorter than it is.
    if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was read');
    return log;
  }

  path(file: string): string {
    return join(this.run.scratch, file);
  }

  /** Whether the first picture of a list of times (`framecrc`) is the one shown at `time`. */
  async begins(file: string, time: number): Promise<boolean> {
    const [num, den] = this.run.spec.plan.frameRate;
    const [first] = readTimes(await readFile(this.path(file), 'utf8'));
    return first !== undefined && Math.abs(first - time) <= den / num / 2;
  }

  /** The file's content; the file is gone afterwards. */
  async take(file: string): Promise<Buffer> {
    const content = await readFile(this.path(file));
    await rm(this.path(file));
    return content;
  }

  /** Notes a file to be uploaded, and says what it is called. */
  add(name: string, content: Uint8Array, type: string): { uri: string; bytes: number } {
    const uri = `pictures/${name}`;
    this.drafts.push({ key: uri, content, type, cache: IMMUTABLE });
    return { uri, bytes: content.length };
  }
}
