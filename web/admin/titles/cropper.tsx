import { useEffect, useRef, useState } from 'preact/hooks';
import { cropOf, MAX_ZOOM, panned, zoomed, type Size, type View } from './crop.ts';
import { drawn } from './picture-file.ts';
import { useSay } from './words.ts';

/** How far an arrow key moves, and with Shift: a share of what is seen. */
const STEP = 0.02;
const LEAP = 0.1;
const NEARER = 1.1;
/** Widths for their height that a picture of free shape can be cut to. */
const SHAPES = { min: 0.3, max: 6, step: 0.05 };
/** Pixels along the longer side of the stage: those of a sharp screen at the size it has there. */
const STAGE = 960;

/** The frame of a place, and the picture behind it: moved by mouse, finger or arrow keys, nearer by wheel, two fingers, keys or slider. */
export function Cropper({
  bitmap,
  view,
  free,
  onView,
}: {
  bitmap: ImageBitmap;
  view: View;
  /** Its shape can be chosen, too. */
  free: boolean;
  onView: (view: View) => void;
}) {
  const say = useSay();
  const stage = useRef<HTMLButtonElement>(null);
  const [points, setPoints] = useState<ReadonlyMap<number, { x: number; y: number }>>(new Map());
  const part = cropOf(bitmap, view);
  const latest = useRef(view);
  latest.current = view;
  /** Pixels of the picture under one of the screen. */
  const scale = () => part.width / (stage.current?.firstElementChild?.clientWidth || part.width);
  // Who pasted the picture, or dropped it, has not seen where it went; keys move it from here.
  useEffect(() => {
    stage.current?.focus({ preventScroll: true });
    stage.current?.scrollIntoView({ block: 'nearest' });
  }, [bitmap]);
  useEffect(() => {
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      onView(zoomed(latest.current, event.deltaY < 0 ? NEARER : 1 / NEARER));
    };
    const at = stage.current;
    at?.addEventListener('wheel', wheel, { passive: false }); // else the page scrolls (DOM §2.8)
    return () => at?.removeEventListener('wheel', wheel);
  }, []);
  const onKey = (event: KeyboardEvent) => {
    const by = (event.shiftKey ? LEAP : STEP) * Math.max(part.width, part.height);
    const next: Record<string, () => View> = {
      ArrowLeft: () => panned(bitmap, view, -by, 0),
      ArrowRight: () => panned(bitmap, view, by, 0),
      ArrowUp: () => panned(bitmap, view, 0, -by),
      ArrowDown: () => panned(bitmap, view, 0, by),
      '+': () => zoomed(view, NEARER),
      '=': () => zoomed(view, NEARER),
      '-': () => zoomed(view, 1 / NEARER),
    };
    const make = next[event.key];
    if (!make) return;
    event.preventDefault();
    onView(make());
  };
  const onMove = (event: PointerEvent) => {
    const before = points.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...points].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    if (other) {
      const [far, near] = [apart(now, other), apart(before, other)];
      if (near > 0) onView(zoomed(view, far / near));
    } else onView(panned(bitmap, view, (before.x - now.x) * scale(), (before.y - now.y) * scale()));
    setPoints(new Map(points).set(event.pointerId, now));
  };
  const drop = ({ pointerId }: PointerEvent) =>
    setPoints(new Map([...points].filter(([id]) => id !== pointerId)));
  return (
    <div class="crop">
      <button
        ref={stage}
        type="button"
        class="crop__stage"
        aria-label={say('crop.stage')}
        title={say('crop.hint')}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setPoints(new Map(points).set(event.pointerId, { x: event.clientX, y: event.clientY }));
        }}
        onPointerMove={onMove}
        onPointerUp={drop}
        onPointerCancel={drop}
      >
        <Drawing bitmap={bitmap} view={view} size={sized(part, STAGE)} />
      </button>
      <p class="faint small">{say('crop.hint')}</p>
      <label class="crop__slider">
        <span>{say('crop.zoom')}</span>
        <input
          type="range"
          min={1}
          max={MAX_ZOOM}
          step={0.01}
          value={view.zoom}
          onInput={({ currentTarget }) => onView({ ...view, zoom: currentTarget.valueAsNumber })}
        />
      </label>
      {free && (
        <label class="crop__slider">
          <span>{say('crop.shape')}</span>
          <input
            type="range"
            {...SHAPES}
            value={view.ratio}
            onInput={({ currentTarget }) => onView({ ...view, ratio: currentTarget.valueAsNumber })}
          />
        </label>
      )}
    </div>
  );
}

type Point = { x: number; y: number };
const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
/** The size of a part along its longer side. */
const sized = ({ width, height }: Size, side: number): Size => {
  const scale = side / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

/** What a view keeps of a picture, at a size. Decoration: what it shows is said beside it. */
export function Drawing({ bitmap, view, size }: { bitmap: ImageBitmap; view: View; size: Size }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const part = cropOf(bitmap, view);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.clearRect(0, 0, size.width, size.height);
    context?.drawImage(drawn(bitmap, part, size), 0, 0);
  }, [bitmap, part.x, part.y, part.width, part.height, size.width, size.height]);
  return <canvas ref={canvas} width={size.width} height={size.height} aria-hidden="true" />;
}
