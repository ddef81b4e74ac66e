import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { listen } from '../testing/rig.ts';
import { mediaStore, StoreFailure } from './store.ts';

const never = new AbortController().signal;
let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A store that answers so, and then says nothing more. */
async function storeThat(answers: (response: ServerResponse) => void) {
  server = createServer((request, response) => {
    request.resume();
    answers(response);
  });
  const endpoint = await listen(server);
  const settings = { endpoint, region: 'us-east-1', bucket: 'media', accessKeyId: 'a', secretAccessKey: 'b' };
  return mediaStore(settings, 200);
}

it.each([
  ['before it answers', () => undefined],
  [
    'in the middle of an object',
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('only a little');
    },
  ],
])('gives up a read where the store falls silent %s', async (_, answers) => {
  const store = await storeThat(answers);
  await expect(store.get('hls/a', { signal: never })).rejects.toThrow(StoreFailure);
});

it('gives up a write that the store takes and never confirms', async () => {
  const store = await storeThat(() => undefined);
  const how = { type: 'video/mp4', cache: 'no-store', signal: never };
  await expect(store.put('hls/a', new Uint8Array(1000), how)).rejects.toThrow(StoreFailure);
});
