import type { Head, Here } from '../../visit.ts';
import { explain } from './explain.ts';
import type { ProblemData } from './problem.tsx';

export const head = ({ problem }: ProblemData, here: Here): Head => ({
  title: `${explain(here, problem).title} · ${here.t('site.name')}`,
});
