import { idSchema } from '../../schema/ids.ts';
import * as v from 'valibot';
import { people } from '../local/people.ts';
import { freshBearer } from '../local/session.ts';
import { uploadFile } from '../upload.ts';

// One uploader, for ops/bench/upload.ts to kill: says each part that the store took, a JSON line each.
const [origin = '', episodeId = '', path = ''] = process.argv.slice(2);
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

const { uploadId } = await uploadFile(
  { origin, token: freshBearer(origin, people.editor) },
  {
    episodeId: v.parse(idSchema('episode'), episodeId),
    path,
    onStart: ({ id, received }) => void say({ said: 'start', uploadId: id, received }),
    onPut: (number) => void say({ said: 'put', number }),
  },
);
say({ said: 'done', uploadId, memory: process.resourceUsage().maxRSS * 1024 });
