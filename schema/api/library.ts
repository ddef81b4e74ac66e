import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { MAX_EPISODES, MAX_NOTES, MAX_SCORE, watchStates } from '../library-terms.ts';
import { EpisodeCard, Schedule, TitleCard } from './catalog.ts';
import { Moment } from './moment.ts';
import { page, PageQuery } from './page.ts';

/*
 * What is kept for a profile, under `/api/me`. Everything here is of the profile that the request is in (schema/api/me.ts),
 * and shows only what it may see where it is.
 */

export { MAX_NOTES, MAX_SCORE, watchStates, type WatchState } from '../library-terms.ts';

/** Seconds; how far it was watched. */
const seconds = v.pipe(v.number(), v.minValue(0));
const reached = { position: seconds, duration: seconds, completed: v.boolean() };

/** `GET /api/me/continue`: what to go on with, the latest first. One entry a title. */
export const Continue = v.object({
  items: v.array(
    v.object({
      title: TitleCard,
      episode: EpisodeCard,
      /** `resume`: in the middle of it; `next`: the one after what was watched last; `new`: it came out since. */
      why: v.picklist(['resume', 'next', 'new']),
      /** Seconds; null: from the start. */
      position: v.nullable(v.number()),
      /** When this title was watched last, ms UTC. */
      at: v.number(),
    }),
  ),
});
export type Continue = v.InferOutput<typeof Continue>;

/** `GET /api/me/history`: episodes by when they were watched last. `DELETE` forgets all, `DELETE …/:episode` one. */
export const HistoryPage = page(
  v.object({ title: TitleCard, episode: EpisodeCard, ...reached, at: v.number() }),
);
export type HistoryPage = v.InferOutput<typeof HistoryPage>;

const score = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SCORE));
export const ListEntry = v.object({
  titleId: idSchema('title'),
  state: v.picklist(watchStates),
  score: v.nullable(score),
  /** Told of new episodes. */
  followed: v.boolean(),
  rewatched: v.number(),
  notes: v.nullable(v.string()),
  startedAt: v.nullable(v.number()),
  finishedAt: v.nullable(v.number()),
  updatedAt: v.number(),
  /** Story episodes watched to their end, and how many can be played. */
  watched: v.number(),
  of: v.number(),
});
export type ListEntry = v.InferOutput<typeof ListEntry>;
export const listSorts = ['updated', 'name', 'score'] as const;
/** `GET /api/me/watchlist`. */
export const ListQuery = v.object({
  ...PageQuery,
  state: v.optional(v.picklist(watchStates)),
  sort: v.optional(v.picklist(listSorts)),
});
export const ListPage = page(v.object({ title: TitleCard, entry: ListEntry }));
export type ListPage = v.InferOutput<typeof ListPage>;
/**
 * `PUT /api/me/watchlist/:title`: only what is named changes; a new entry is `planning` unless said. `DELETE` takes it off. Whoever says
 * `completed` has seen all of it: its episodes are marked watched.
 */
export const ListChange = v.object({
  state: v.optional(v.picklist(watchStates)),
  score: v.optional(v.nullable(score)),
  followed: v.optional(v.boolean()),
  notes: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(MAX_NOTES)))),
  rewatched: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999))),
  startedAt: v.optional(v.nullable(Moment)),
  finishedAt: v.optional(v.nullable(Moment)),
});
export type ListChange = v.InferOutput<typeof ListChange>;

/** `GET /api/me/titles/:title`: everything a title's page shows of the profile. */
export const TitleForMe = v.object({
  entry: v.nullable(ListEntry),
  /** By episode. */
  progress: v.array(v.object({ episodeId: idSchema('episode'), ...reached, at: v.number() })),
  /** What to go on with. */
  next: v.nullable(
    v.object({ episodeId: idSchema('episode'), position: v.nullable(v.number()), first: v.boolean() }),
  ),
});
export type TitleForMe = v.InferOutput<typeof TitleForMe>;

/** `POST /api/me/watched`: marks an episode watched or unwatched; `upTo`: with all before it in the order of the series. */
export const MarkWatched = v.object({
  episodeId: idSchema('episode'),
  watched: v.boolean(),
  upTo: v.optional(v.boolean(), false),
});
/** How it was before: null where nothing was known of the episode. */
const before = v.object({
  episodeId: idSchema('episode'),
  progress: v.nullable(v.object({ ...reached, at: Moment })),
});
/** How many episodes changed, and what they were: `POST /api/me/watched/undo` with `{ before }` takes it back, to the second. */
export const Marked = v.object({ changed: v.number(), before: v.array(before) });
export type Marked = v.InferOutput<typeof Marked>;
export const UndoMarked = v.object({ before: v.pipe(v.array(before), v.maxLength(MAX_EPISODES)) });

/** `GET /api/me/notices`: new episodes of what the profile follows, newest first. `POST …/seen` with `{ upTo }` marks them. */
export const Notices = v.object({
  items: v.array(v.object({ title: TitleCard, episode: EpisodeCard, at: v.number(), unseen: v.boolean() })),
  unseen: v.number(),
});
export type Notices = v.InferOutput<typeof Notices>;
/** ms UTC, of the newest that was shown. */
export const NoticesSeen = v.object({ upTo: Moment });

/** Whose lists can be read and written. `engawa`: everything, with progress. */
export const listFormats = ['mal', 'anilist', 'engawa'] as const;
export type ListFormat = (typeof listFormats)[number];
/** `POST /api/me/import?format=`: the file in the body, XML or JSON. `try`: says what it would do. */
export const ImportQuery = v.object({
  format: v.picklist(listFormats),
  try: v.optional(v.picklist(['1'])),
  /** What to do with titles that are on the list already. */
  existing: v.optional(v.picklist(['keep', 'replace', 'newer'])),
});
/** Nothing is lost: whatever was not taken over is named with the reason. */
export const ImportReport = v.object({
  added: v.number(),
  changed: v.number(),
  kept: v.number(),
  /** Episodes marked watched. */
  episodes: v.number(),
  unmatched: v.array(v.object({ name: v.string(), why: v.picklist(['not-here', 'unreadable', 'unclear']) })),
});
export type ImportReport = v.InferOutput<typeof ImportReport>;
/** `GET /api/me/watchlist/export?format=`: a file. */
export const ListExportQuery = v.object({ format: v.picklist(listFormats) });

/** Our own list as a file. Episodes go by their place in the title: ids are of one catalogue. */
export const OwnList = v.object({
  format: v.literal('engawa-list'),
  version: v.literal(1),
  exportedAt: Moment,
  items: v.array(
    v.object({
      titleId: v.nullable(idSchema('title')),
      malId: v.nullable(v.number()),
      anilistId: v.nullable(v.number()),
      /** The first is what the site shows. */
      names: v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.minLength(1), v.maxLength(60)),
      year: v.nullable(v.number()),
      state: v.picklist(watchStates),
      score: v.nullable(score),
      followed: v.boolean(),
      rewatched: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
      notes: v.nullable(v.pipe(v.string(), v.maxLength(MAX_NOTES))),
      startedAt: v.nullable(Moment),
      finishedAt: v.nullable(Moment),
      updatedAt: v.nullable(Moment),
      episodes: v.pipe(
        v.array(
          v.object({
            season: v.pipe(v.number(), v.integer(), v.minValue(0)),
            number: v.pipe(v.number(), v.integer(), v.minValue(0)),
            ...reached,
            at: Moment,
          }),
        ),
        v.maxLength(MAX_EPISODES),
      ),
    }),
  ),
});
export type OwnList = v.InferOutput<typeof OwnList>;

/**
 * `GET /api/me/calendar`: where calendar programs find what the profile follows or watches. Whoever has the address reads it, without
 * signing in. `POST` makes a new one; those before are worth nothing then.
 */
export const CalendarAddress = v.object({
  /** Under the site's origin: `/calendar/….ics`. */
  path: v.string(),
});
export type CalendarAddress = v.InferOutput<typeof CalendarAddress>;
/** `GET /api/calendar/:token`, with the token of such an address. */
export const OwnCalendar = v.object({
  /** The profile's. */
  name: v.string(),
  ...Schedule.entries,
});
export type OwnCalendar = v.InferOutput<typeof OwnCalendar>;
