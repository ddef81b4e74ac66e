import type { JobCard, JobView, TaskView } from '../../../schema/api/ingest.ts';
import type { AssetView } from '../../../schema/api/media.ts';
import { defaultSettings } from '../../../schema/jobs/settings.ts';

/** Jobs and versions as the API answers them, for tests of pages. */
export const card: JobCard = {
  id: 'job_1',
  state: 'encoding',
  episodeId: 'ep_1',
  assetId: 'ast_1',
  titleId: 'ttl_1',
  titleName: 'Kaze',
  season: 1,
  episode: 3,
  fileName: 'kaze 03.mkv',
  bytes: 4_500_000,
  purpose: 'encode',
  readyAt: null,
  progress: 0.5,
  problem: null,
  detail: null,
  published: false,
  version: 1,
  startedBy: null,
  ahead: null,
  waits: null,
  working: [],
  tasksDone: 0,
  tasksAll: 0,
  createdAt: 1_000,
  finishedAt: null,
};

export const task: TaskView = {
  id: 'tsk_1',
  kind: 'video-chunk',
  part: '2',
  state: 'leased',
  attempt: 2,
  progress: 0.25,
  note: 'encoding frame 12 of 48',
  disk: null,
  problem: null,
  detail: null,
  log: null,
  startedAt: 1_000,
  finishedAt: null,
  retryAt: null,
};

export const job: JobView = {
  ...card,
  settings: defaultSettings,
  tasks: [task],
  notes: [],
  certificate: null,
  source: null,
  rungs: [],
};

export const rung: AssetView['video'][number] = {
  id: 'v1080',
  codec: 'avc1.640028',
  width: 1920,
  height: 1080,
  bandwidth: 3e6,
  averageBandwidth: 2_012_345,
  bytes: 360_000_000,
  ssim: 0.98,
};

export const asset: AssetView = {
  id: 'ast_1',
  version: 1,
  revision: 1,
  jobId: 'job_1',
  fileName: 'kaze 03.mkv',
  verified: true,
  published: true,
  encrypted: true,
  warnings: [],
  override: null,
  duration: 1440,
  video: [rung],
  audio: [],
  subtitles: [],
  bytes: 400_000_000,
  stored: {
    source: 4_500_000_000,
    video: 360_000_000,
    audio: 30_000_000,
    subtitles: 1_000_000,
    pictures: 9_000_000,
    total: 4_900_000_000,
  },
  sourceGone: false,
  publishAt: null,
  stills: [],
  amending: [],
  createdAt: 1_000,
};
