import type { MyExport } from '../../../schema/api/export.ts';
import type { Db } from '../../platform/db.ts';
import { complain } from '../../platform/log.ts';
import { sections } from './queries/export.ts';

/** The document, piece by piece: only one page of rows is in memory at a time. */
export async function* exportOf(db: Db, userId: string, now: number): AsyncGenerator<string> {
  const heading = { format: 'engawa-export', version: 1, exportedAt: now } satisfies Partial<MyExport>;
  yield JSON.stringify(heading).slice(0, -1);
  for (const [name, section] of Object.entries(sections)) {
    yield `,\n"${name}":[`;
    let separator = '\n';
    for await (const page of section.pages(db, userId)) {
      if (page.length === 0) continue;
      yield separator + page.map((item) => JSON.stringify(item)).join(',\n');
      separator = ',\n';
    }
    yield ']';
  }
  yield '}\n';
}

/** As a body: read as fast as it is taken. What goes wrong half-way breaks the connection off, so that no half document passes for a whole. */
export function streamed(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(text.encode(value));
      } catch (error) {
        complain({ event: 'export broken off', error });
        controller.error(new Error('The export broke off.')); // the runtime logs this one: no parameters of a query
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
