import { lazy } from '../lazy.tsx';
import { saying } from './words.ts';

/** Jobs as a table, for pages of other rooms: it brings its words along. */
export const JobTable = lazy(async (language) => {
  const { JobRows } = await import('./job-rows.tsx');
  return saying(JobRows)(language);
});
