import { useEffect, useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import type { QueueItem } from '../uploader/queue.ts';

/** The uploads of this tab, as they go on. */
export function useUploads(): readonly QueueItem[] {
  const { uploads } = useDesk();
  const [items, setItems] = useState(uploads.items());
  useEffect(() => {
    setItems(uploads.items());
    return uploads.subscribe(() => setItems(uploads.items()));
  }, [uploads]);
  return items;
}
