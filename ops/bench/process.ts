import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One plain FFmpeg process, measured: its own CPU seconds (user and system), as its `-benchmark` says. */
export async function timed(...args: (string | string[])[]): Promise<number> {
  const child = spawn(
    'ffmpeg',
    ['-v', 'level+info', '-nostats', '-nostdin', '-benchmark', '-y', ...args.flat()],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-20_000)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`FFmpeg ended with ${code}: ${said.slice(-1500)}`);
  const [, user, system] = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(said) ?? [];
  return Number(user) + Number(system);
}
