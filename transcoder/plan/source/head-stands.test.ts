import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../schema/jobs/plan.ts';
import { defaultSettings } from '../../../schema/jobs/settings.ts';
import { planGrid } from '../grid.ts';
import { headStands } from './head-stands.ts';
import { ladder } from '../video/ladder.ts';

const planOf = (seconds: number, change: Partial<Plan> = {}): Plan => ({
  source: {
    container: 'matroska,webm',
    duration: seconds,
    startTime: 0.08,
    videoStream: 0,
    videoCodec: 'h264',
    width: 1280,
    height: 720,
    fields: null,
    hdr: null,
    notes: [],
  },
  frameRate: [24, 1],
  frames: seconds * 24,
  rungs: ladder(1280, 720, [24, 1], { crf: 22, ladder: 'measured' }),
  ...planGrid(seconds * 24, [24, 1]),
  audio: [],
  subtitles: [],
  chapters: [],
  settings: defaultSettings,
  exact: true,
  headAgain: false,
  dropped: [],
  warnings: [],
  ...change,
});
const quick = planOf(1440, { exact: false });
const [low, ...others] = quick.rungs;

describe('the head that was begun by the quick look', () => {
  it.each<[string, Plan]>([
    ['the film is shorter than its container says', planOf(60)],
    [
      'rungs are dropped, others have another CRF and cap',
      planOf(60, { rungs: [{ ...low!, crf: 30, maxrate: 1 }] }),
    ],
    ['more is noted', planOf(60, { source: { ...quick.source, notes: ['It varies.'], entries: [0] } })],
  ])('stands where %s', (_, exact) => {
    expect(headStands(quick, exact)).toBe(true);
    expect(headStands(JSON.parse(JSON.stringify(quick)) as Plan, exact)).toBe(true); // as the edge hands it over
  });

  it.each<[string, Plan]>([
    ['the rate is another', planOf(60, { frameRate: [25, 1] })],
    ['the film starts elsewhere', planOf(60, { source: { ...quick.source, startTime: 0 } })],
    ['fields were found later', planOf(60, { source: { ...quick.source, fields: 'top' } })],
    ['the film ends within the head', planOf(1)],
    ['the film ends with its second segment, too short for a chunk', planOf(2.75)],
    ['a rung is new', planOf(60, { rungs: [low!, { ...others[0]!, id: 'v720-new' }] })],
    ['a rung has another size', planOf(60, { rungs: [{ ...low!, width: 638 }] })],
  ])('falls where %s', (_, exact) => {
    expect(headStands(quick, exact)).toBe(false);
  });
});
