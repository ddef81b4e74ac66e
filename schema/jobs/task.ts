import * as v from 'valibot';
import { ProblemCodeSchema } from '../problem.ts';
import { Language, audioRoles, subtitleRoles } from '../ladder.ts';
import { EncodeFacts, Marker, Span, Warning } from '../media-facts.ts';
import { Chapter, Package } from '../package.ts';
import { Plan } from './plan.ts';
import { EncodeSettings } from './settings.ts';
import { taskKinds } from './state.ts';

/** The queue carries only this; everything else is read when the task is claimed. */
export const QueueMessage = v.object({ taskId: v.string() });
export type QueueMessage = v.InferOutput<typeof QueueMessage>;

/** One object that a task wrote to the media store. */
export const WrittenObject = v.object({
  /** Relative to the task's `output`. */
  key: v.string(),
  bytes: v.number(),
  /** SHA-256 of the stored bytes, lower-case hex. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** Media segments only. */
  segment: v.optional(
    v.object({
      rendition: v.string(),
      /** Index in the rendition: also its media sequence number and, as 16 bytes big-endian, its IV. */
      index: v.number(),
      /** Seconds. */
      duration: v.number(),
      /** Decode time of the first sample, in ticks of the rendition's `timescale` (tfdt). */
      decodeTime: v.optional(v.number()),
      /** Number of samples: frames of video, AAC frames of audio, cues of subtitles. */
      samples: v.number(),
      period: v.number(),
    }),
  ),
  /** Init segments only: what was read from the bitstream. */
  init: v.optional(v.object({ rendition: v.string(), codec: v.string(), timescale: v.number() })),
});
export type WrittenObject = v.InferOutput<typeof WrittenObject>;

/** What a task of each kind hands back with `complete`. */
export const ProbeResult = v.object({ kind: v.literal('probe'), plan: Plan });
export type ProbeResult = v.InferOutput<typeof ProbeResult>;
/** `headStands`: the head that is being encoded by the quick look's plan is the head of this plan too. */
export const SurveyResult = v.object({ kind: v.literal('survey'), plan: Plan, headStands: v.boolean() });
export type SurveyResult = v.InferOutput<typeof SurveyResult>;
export const EncodeResult = v.object({
  kind: v.picklist(['video-chunk', 'audio', 'subtitles', 'pictures']),
  objects: v.array(WrittenObject),
  /** CPU seconds of the FFmpeg work, for the books and the bench. */
  cpuSeconds: v.optional(v.number()),
  notes: v.optional(v.array(v.string())),
  facts: v.optional(EncodeFacts),
  warnings: v.optional(v.array(Warning)),
  /** The end of what FFmpeg said, kept with the attempt. */
  log: v.optional(v.pipe(v.string(), v.maxLength(4_000))),
});
export type EncodeResult = v.InferOutput<typeof EncodeResult>;
/** The worst that a check measured, and what it may be at most. `faults`: places that are not as they should be. */
export const Measured = v.object({
  value: v.number(),
  unit: v.picklist(['faults', 'ms', 'percent', 'lu']),
  limit: v.number(),
});
export type Measured = v.InferOutput<typeof Measured>;
/** One line of the certificate: a named check over measured facts. */
export const CertificateCheck = v.object({
  name: v.string(),
  holds: v.boolean(),
  detail: v.string(),
  /** Left out by certificates from before there was one. */
  measured: v.optional(Measured),
});
export type CertificateCheck = v.InferOutput<typeof CertificateCheck>;
export const PackageResult = v.object({
  kind: v.literal('package'),
  package: Package,
  certificate: v.object({
    v: v.literal(1),
    assetId: v.string(),
    holds: v.boolean(),
    checks: v.array(CertificateCheck),
    warnings: v.optional(v.array(Warning), []),
  }),
  objects: v.array(WrittenObject),
});
export type PackageResult = v.InferOutput<typeof PackageResult>;
export const MarkersResult = v.object({
  kind: v.literal('markers'),
  episodes: v.array(v.object({ assetId: v.string(), markers: v.array(Marker) })),
});
export type MarkersResult = v.InferOutput<typeof MarkersResult>;
export const TaskResult = v.variant('kind', [
  ProbeResult,
  SurveyResult,
  EncodeResult,
  PackageResult,
  MarkersResult,
]);
export type TaskResult = v.InferOutput<typeof TaskResult>;

/** 16 bytes, base64url, of each key period that the task encrypts. */
const PeriodKeys = v.record(v.string(), v.string());

/**
 * A change to a finished asset: what is added comes from the message's source, and every rendition id it makes begins with
 * `r{number}-`. A track that is replaced is one added and one removed.
 */
export const Change = v.object({
  /** Of the asset's amendments, from 2. */
  number: v.pipe(v.number(), v.integer(), v.minValue(2)),
  add: v.nullable(
    v.variant('kind', [
      v.object({
        kind: v.literal('audio'),
        language: Language,
        role: v.picklist(audioRoles),
        name: v.nullable(v.string()),
        /** Seconds; positive: later. */
        delay: v.optional(v.number(), 0),
      }),
      v.object({
        kind: v.literal('subtitles'),
        language: Language,
        role: v.picklist(subtitleRoles),
        name: v.nullable(v.string()),
        delay: v.optional(v.number(), 0),
      }),
      /** A second ladder. */
      v.object({ kind: v.literal('av1') }),
    ]),
  ),
  /** Ids of renditions that go. */
  remove: v.array(v.string()),
});
export type Change = v.InferOutput<typeof Change>;

export const TaskSpec = v.variant('kind', [
  v.object({
    kind: v.literal('probe'),
    settings: v.optional(EncodeSettings),
    /** To amend an asset: its own plan, and what is to change. The result is a plan of the additions alone, on the same grid. */
    amend: v.optional(v.object({ plan: Plan, change: Change })),
  }),
  v.object({ kind: v.literal('survey'), plan: Plan }),
  v.object({ kind: v.literal('video-chunk'), plan: Plan, chunk: v.number(), keys: PeriodKeys }),
  v.object({ kind: v.literal('audio'), plan: Plan, rendition: v.string(), keys: PeriodKeys }),
  v.object({ kind: v.literal('subtitles'), plan: Plan, rendition: v.string(), keys: PeriodKeys }),
  v.object({ kind: v.literal('pictures'), plan: Plan }),
  v.object({
    kind: v.literal('package'),
    plan: Plan,
    /** Everything the encode tasks of this job reported. */
    objects: v.array(WrittenObject),
    /** What they found out and warned of. */
    reports: v.optional(
      v.array(
        v.object({
          kind: v.picklist(taskKinds),
          part: v.string(),
          facts: v.optional(EncodeFacts),
          warnings: v.optional(v.array(Warning), []),
        }),
      ),
      [],
    ),
    /** Of an amendment: the package that it changes. */
    amend: v.optional(v.object({ base: Package, change: Change })),
    /** Null: not encrypted. */
    keyId: v.nullable(v.string()),
    keys: PeriodKeys,
  }),
  v.object({
    kind: v.literal('markers'),
    /** The season's episodes that have an asset, in their order. `fingerprint`: object key. */
    episodes: v.array(
      v.object({
        assetId: v.string(),
        duration: v.number(),
        fingerprint: v.nullable(v.object({ key: v.string(), secondsPerWord: v.number() })),
        chapters: v.array(Chapter),
        silence: v.array(Span),
        black: v.array(Span),
      }),
    ),
  }),
]);
export type TaskSpec = v.InferOutput<typeof TaskSpec>;
export type TaskSpecOf<K extends TaskSpec['kind']> = Extract<TaskSpec, { kind: K }>;

/** `POST {transcoder}/tasks`: one claimed task, with all it needs. Answers 202 accepted, 503 busy, 409 already here. */
export const TaskMessage = v.object({
  v: v.literal(1),
  taskId: v.string(),
  jobId: v.string(),
  assetId: v.string(),
  kind: v.picklist(taskKinds),
  attempt: v.number(),
  /** Good for this task and attempt only; sent back as a bearer with every callback. */
  token: v.string(),
  /** `{callback}/heartbeat`, `/complete` and `/fail` are POSTed to. */
  callback: v.string(),
  /** Object key of the source in the media bucket. */
  source: v.object({ key: v.string(), bytes: v.number() }),
  /** Prefix under which the task may write: `hls/…/v1/`. */
  output: v.string(),
  spec: TaskSpec,
});
export type TaskMessage = v.InferOutput<typeof TaskMessage>;

/** `POST {callback}/heartbeat`. 204 go on; 409 (problem) stop at once, the lease is lost or the job is over. */
export const Heartbeat = v.object({
  /** 0 to 1. */
  progress: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** What it is doing, for people: `encoding 12.4 s of 24.0 s`. */
  note: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** Bytes on the scratch disk now, and the most there were. */
  disk: v.optional(v.object({ now: v.number(), peak: v.number() })),
});
export type Heartbeat = v.InferOutput<typeof Heartbeat>;

/** `POST {callback}/fail`. */
export const TaskFailure = v.object({
  problem: ProblemCodeSchema,
  detail: v.pipe(v.string(), v.maxLength(2_000)),
  /** Whether the same task can succeed when tried again. A bad source cannot; a lost connection can. */
  retryable: v.boolean(),
  /** The end of FFmpeg's stderr. */
  log: v.optional(v.pipe(v.string(), v.maxLength(16_000))),
});
export type TaskFailure = v.InferOutput<typeof TaskFailure>;

/*
 * `POST {callback}/release` (no body): the transcoder is stopping and hands the task back; the attempt does not count.
 * `POST {callback}/complete` takes a TaskResult. Both answer 204, or 409 `stale-attempt` when the lease is not theirs any more.
 */
