import * as v from 'valibot';
import type { Chapter } from '../../../schema/package.ts';

const text = v.record(v.string(), v.string());
const flags = v.record(v.string(), v.number());

/** What `ffprobe -show_format -show_streams -show_chapters` prints, as far as it is used. */
export const Probed = v.object({
  format: v.object({
    format_name: v.string(),
    duration: v.optional(v.string()),
    start_time: v.optional(v.string()),
  }),
  streams: v.optional(
    v.array(
      v.object({
        index: v.number(),
        codec_type: v.optional(v.string(), ''),
        codec_name: v.optional(v.string(), ''),
        width: v.optional(v.number(), 0),
        height: v.optional(v.number(), 0),
        channels: v.optional(v.number()),
        channel_layout: v.optional(v.string()),
        sample_aspect_ratio: v.optional(v.string(), ''),
        field_order: v.optional(v.string(), ''),
        color_space: v.optional(v.string(), ''),
        color_primaries: v.optional(v.string(), ''),
        color_transfer: v.optional(v.string(), ''),
        color_range: v.optional(v.string(), ''),
        pix_fmt: v.optional(v.string(), ''),
        r_frame_rate: v.optional(v.string()),
        avg_frame_rate: v.optional(v.string()),
        nb_frames: v.optional(v.string()),
        /** Of an attachment: its bytes. */
        extradata_size: v.optional(v.number(), 0),
        duration: v.optional(v.string()),
        disposition: v.optional(flags, {}),
        tags: v.optional(text, {}),
        side_data_list: v.optional(
          v.array(v.object({ rotation: v.optional(v.number()), dv_profile: v.optional(v.number()) })),
          [],
        ),
      }),
    ),
    [],
  ),
  chapters: v.optional(
    v.array(v.object({ start_time: v.string(), end_time: v.string(), tags: v.optional(text, {}) })),
    [],
  ),
});
export type Probed = v.InferOutput<typeof Probed>;

export type SourceStream = {
  index: number;
  type: string;
  codec: string;
  tags: Record<string, string>;
  disposition: Record<string, number>;
  /** Of audio. */
  channels?: number | undefined;
  layout?: string | undefined;
};

/** Whether the container sets any of these dispositions on the stream. */
export const isSet = (stream: SourceStream, ...flags: string[]): boolean =>
  flags.some((flag) => stream.disposition[flag] === 1);

/** Streams with tag names in lower case, as containers disagree. */
export const streamsOf = (probed: Probed): SourceStream[] =>
  probed.streams.map((stream) => ({
    index: stream.index,
    type: stream.codec_type,
    codec: stream.codec_name,
    disposition: stream.disposition,
    channels: stream.channels,
    layout: stream.channel_layout,
    tags: Object.fromEntries(Object.entries(stream.tags).map(([key, value]) => [key.toLowerCase(), value])),
  }));

/** Chapters on the video's timeline, cut to it. */
export const chaptersOf = (probed: Probed, startTime: number, duration: number): Chapter[] =>
  probed.chapters.flatMap((chapter, i) => {
    const start = Math.max(0, Number(chapter.start_time) - startTime);
    const end = Math.min(duration, Number(chapter.end_time) - startTime);
    const title = Object.entries(chapter.tags).find(([key]) => key.toLowerCase() === 'title')?.[1];
    return end > start ? [{ start, end, title: title?.trim() || `Chapter ${i + 1}` }] : [];
  });
