import { aptInstall, findFfmpeg, mayInstall } from '../local/ffmpeg.ts';
import { run } from '../local/run.ts';
import type { Progress } from '../local/screen.ts';
import { buildWeb } from '../local/web.ts';
import { findChromium } from './browser.ts';
import { budgets } from './budgets.ts';
import { generatedFresh } from './generated.ts';
import { failed, passed, skipped, type Outcome } from './outcome.ts';
import { vitest } from './vitest.ts';

export type StepContext = { root: string; progress: Progress; say: (note: string) => void };
export type Step = {
  name: string;
  /** Set-up that other steps stand on; it runs whatever was asked for. */
  always?: true;
  /** Runs while the one before it does: together they keep the cores busy, which neither does alone. */
  beside?: true;
  run(context: StepContext): Promise<Outcome>;
};

const tool =
  (command: string, ...args: string[]) =>
  async ({ root }: StepContext): Promise<Outcome> => {
    const { code, output } = await run(command, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    return code === 0 ? passed : failed(output);
  };

/** Journeys in a real browser, against a platform of their own that e2e/setup.ts starts. */
async function journeys({ root, progress }: StepContext): Promise<Outcome> {
  const found = await findChromium(progress);
  // A person may go without a browser; CI may not.
  if ('howTo' in found) return process.env['CI'] ? failed(found.howTo) : skipped(found.howTo);
  // A second player that sets no headers, beside FFmpeg. Where it cannot be had its journey is skipped.
  const mpv = await run('mpv', ['--version']).catch(() => null);
  if (!mpv && (await mayInstall())) await aptInstall(['mpv'], progress);
  return vitest(root, ['--config', 'e2e/vitest.config.ts'], { CHROMIUM: found.path });
}

export const steps: Step[] = [
  {
    name: 'ffmpeg',
    always: true,
    run: async ({ progress, say }) => {
      say(await findFfmpeg(progress));
      return passed;
    },
  },
  {
    name: 'build',
    always: true,
    run: async ({ root, say }) => {
      say(await buildWeb(root));
      return passed;
    },
  },
  { name: 'generated', run: ({ root }) => generatedFresh(root) },
  { name: 'types', run: tool('tsc', '-b') },
  { name: 'lint', beside: true, run: tool('oxlint', '--type-aware') },
  { name: 'format', run: tool('oxfmt', '--check') },
  { name: 'budgets', run: ({ root, say }) => budgets(root, say) },
  // By itself vitest leaves one core idle; what runs in workerd shares nothing, and most of it waits.
  { name: 'edge', run: ({ root }) => vitest(root, ['--project', 'edge', '--maxWorkers=100%']) },
  { name: 'node', beside: true, run: ({ root }) => vitest(root, ['--project', 'node']) },
  { name: 'web', beside: true, run: ({ root }) => vitest(root, ['--project', 'web']) },
  { name: 'e2e', run: journeys },
];
