import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { idSchema, type Id } from '../../../schema/ids.ts';

const Uploads = v.record(v.string(), idSchema('upload'));

/** Which uploads were begun from this machine and not finished, so that the same command goes on with them. */
export function uploadMemory(path: string) {
  const all = async () => {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Uploads), text);
    return parsed.success ? parsed.output : {};
  };
  const save = async (uploads: v.InferOutput<typeof Uploads>) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(uploads, null, 2));
    await rename(`${path}.new`, path);
  };
  return {
    recall: async (key: string): Promise<Id<'upload'> | undefined> => (await all())[key],
    keep: async (key: string, upload: Id<'upload'>) => save({ ...(await all()), [key]: upload }),
    forget: async (key: string) => {
      const { [key]: _, ...others } = await all();
      await save(others);
    },
  };
}

/** The same bytes for the same episode of the same platform. */
export const uploadKey = (
  origin: string,
  episodeId: string,
  file: { path: string; size: number; mtimeMs: number },
): string => [origin, episodeId, file.path, file.size, Math.trunc(file.mtimeMs)].join(' ');
