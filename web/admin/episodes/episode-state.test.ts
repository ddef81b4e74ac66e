import { expect, it } from 'vitest';
import { episodeState } from './episode-state.ts';

const job = (state: 'encoding' | 'ready' | 'failed' | 'cancelled', assetId = 'ast_new' as const) =>
  ({ id: 'job_2', state, progress: 0.4, assetId }) as const;

it.each([
  ['nothing yet', null, null, null, { kind: 'empty' }],
  ['published without a job of its own', 'ast_old', null, null, { kind: 'published' }],
  ['a job not read yet', null, 'job_2', null, { kind: 'unknown' }],
  [
    'the first video on its way',
    null,
    'job_2',
    job('encoding'),
    { kind: 'running', state: 'encoding', progress: 0.4 },
  ],
  [
    'a new version beside the published',
    'ast_old',
    'job_2',
    job('encoding'),
    expect.objectContaining({ kind: 'running' }),
  ],
  ['ready, waiting for somebody', 'ast_old', 'job_2', job('ready'), { kind: 'ready' }],
  ['ready and published', 'ast_new', 'job_2', job('ready'), { kind: 'published' }],
  ['failed', null, 'job_2', job('failed'), { kind: 'failed' }],
  ['cancelled', 'ast_old', 'job_2', job('cancelled'), { kind: 'cancelled' }],
] as const)('%s', (_, assetId, latestJobId, job, state) => {
  expect(episodeState({ assetId, latestJobId }, job)).toEqual(state);
});

it('does not take an older job for the newest', () => {
  expect(episodeState({ assetId: null, latestJobId: 'job_3' }, job('failed'))).toEqual({ kind: 'unknown' });
});
