import { useState } from 'preact/hooks';

/**
 * A place that files are dropped on. What is dragged without any (a text, a link) is let pass.
 * @returns `over`: files are held above it; `target`: its handlers
 */
export function useFileDrop(take: (dropped: DataTransfer) => void) {
  const [over, setOver] = useState(false);
  return {
    over,
    target: {
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer) take(event.dataTransfer);
      },
    },
  };
}
