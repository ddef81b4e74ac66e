import type { ComponentType } from 'preact';
import type { IslandData, IslandName } from './islands.ts';

/**
 * A part that wakes up by itself in a page of plain HTML: rendered at the edge, hydrated from `data` in the browser.
 * Ids inside it are its own to choose: `useId()` counts within one root, and every island is one.
 * @param name its name in islands.ts
 * @param part the default export of the module that stands there
 */
export const Island = <N extends IslandName>({
  name,
  part: Part,
  data,
}: {
  name: N;
  part: ComponentType<{ data: IslandData<N> }>;
  data: IslandData<N>;
}) => (
  <div class="island" data-island={name} data-with={JSON.stringify(data)}>
    <Part data={data} />
  </div>
);
