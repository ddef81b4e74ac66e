import { chaos as run } from '../chaos/chaos.ts';
import { against, bounded, shown, type Figure } from './figure.ts';

const FAULTS = 200;
const SEED = 20;

/** Two transcoders, broken 200 times at random moments while they work through jobs; what is lost, wrong, left over, and wasted. */
export async function chaos(): Promise<Figure[]> {
  const { faults, jobs, lost, wrong, orphans, cpu } = await run(FAULTS, { seed: SEED });
  for (const detail of [...lost, ...wrong, ...orphans]) console.log(`    ${detail}`);
  const allowed = cpu.undisturbed + cpu.chunk * FAULTS;
  return [
    shown({ name: `jobs worked through meanwhile (seed ${SEED})`, value: jobs, unit: 'jobs' }),
    ...Object.entries(faults).map(([name, value]) => shown({ name, value, unit: 'times' })),
    bounded({ name: 'jobs lost', value: lost.length, unit: '' }, 0),
    bounded({ name: 'published episodes that are not whole', value: wrong.length, unit: '' }, 0),
    bounded({ name: 'objects left under hls/', value: orphans.length, unit: '' }, 0),
    against(
      { name: 'CPU of media work', value: cpu.spent, unit: 's' },
      { name: 'undisturbed, and one chunk per fault', value: allowed },
      1.05,
    ),
  ];
}
