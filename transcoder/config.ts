import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { presets } from '../schema/jobs/settings.ts';

const whole = (fallback: number, least = 1) =>
  v.optional(v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(least)), String(fallback));
/** What fonts, or pictures of a long film, may take. Sound has room of its own (plan/audio/args.ts). */
const TASK_BYTES = 2 * 1024 ** 3;
/** 256 Mbit/s: several times the caps of all rungs together, so only a runaway comes near it. */
const CHUNK_BYTES_PER_SECOND = 32 * 1024 ** 2;

const text = v.pipe(v.string(), v.minLength(1));

const Environment = v.pipe(
  v.object({
    PORT: whole(8790, 0),
    /** Address to listen on; unset: all of them, as a container needs. */
    HOST: v.optional(text),
    TRANSCODER_SECRET: v.pipe(v.string(), v.minLength(16, 'wants at least 16 characters')),
    S3_ENDPOINT: v.pipe(v.string(), v.url()),
    S3_REGION: v.optional(text, 'us-east-1'),
    MEDIA_BUCKET: text,
    S3_ACCESS_KEY_ID: text,
    S3_SECRET_ACCESS_KEY: text,
    /** FFmpeg processes at a time; each works on one core. */
    SLOTS: whole(availableParallelism()),
    /** x264's: `ultrafast` … `veryslow`. */
    PRESET: v.optional(v.picklist(presets), 'fast'),
    CHUNK_SECONDS: whole(30, 2),
    FFMPEG_PATH: v.optional(text),
    FFPROBE_PATH: v.optional(text),
    /** Bytes of scratch files that one task may have, beside those of a track of sound; unset: by the length of a chunk. */
    DISK_LIMIT: v.optional(v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1))),
    SCRATCH_DIR: v.optional(text, join(tmpdir(), 'engawa-transcoder')),
    /** Limits of one FFmpeg process. */
    CPU_LIMIT_SECONDS: whole(3 * 3600),
    WALL_LIMIT_SECONDS: whole(4 * 3600),
    MAX_SOURCE_SECONDS: whole(6 * 3600),
  }),
  v.transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    secret: env.TRANSCODER_SECRET,
    slots: env.SLOTS,
    store: {
      endpoint: env.S3_ENDPOINT,
      region: env.S3_REGION,
      bucket: env.MEDIA_BUCKET,
      accessKeyId: env.S3_ACCESS_KEY_ID,
      secretAccessKey: env.S3_SECRET_ACCESS_KEY,
    },
    work: {
      preset: env.PRESET,
      chunkSeconds: env.CHUNK_SECONDS,
      maxSourceSeconds: env.MAX_SOURCE_SECONDS,
      scratch: env.SCRATCH_DIR,
      diskLimit: env.DISK_LIMIT ?? TASK_BYTES + env.CHUNK_SECONDS * CHUNK_BYTES_PER_SECOND,
      ffmpeg: {
        ffmpegPath: env.FFMPEG_PATH,
        ffprobePath: env.FFPROBE_PATH,
        cpuSeconds: env.CPU_LIMIT_SECONDS,
        wallSeconds: env.WALL_LIMIT_SECONDS,
      },
    },
  })),
);
export type Config = v.InferOutput<typeof Environment>;

/** The secrets, by the name of their variable: FFmpeg, which reads strangers' files, must not inherit them. */
export const secretNames = ['TRANSCODER_SECRET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/** @throws Error with one line per variable that is missing or wrong */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = v.safeParse(Environment, given);
  if (parsed.success) return parsed.output;
  const lines = parsed.issues.map((issue) => `  ${v.getDotPath(issue) ?? '?'}: ${issue.message}`);
  throw new Error(`The environment is not complete:\n${lines.join('\n')}`);
}
