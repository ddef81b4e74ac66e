import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { matches, type Match } from './log-search.ts';
import { useSay } from './words.ts';

/** Lines of one block: the browser lays out and paints only the blocks that are seen (CSS Containment §4, `content-visibility`). */
const BLOCK = 200;
const HIGHLIGHT = 'log-match';

/** A log to read: searched, followed, copied, wrapped; of ten thousand lines as of ten. */
export function LogView({ text, name }: { text: string; name: string }) {
  const say = useSay();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [q, setQ] = useState('');
  const [at, setAt] = useState(0);
  const [wrap, setWrap] = useState(false);
  const [follow, setFollow] = useState(false);
  const [copied, setCopied] = useState(false);
  const lines = useMemo(() => text.split('\n'), [text]);
  const blocks = useMemo(
    () =>
      Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, i) =>
        lines.slice(i * BLOCK, (i + 1) * BLOCK).join('\n'),
      ),
    [lines],
  );
  const found = useMemo(() => matches(blocks, q), [blocks, q]);
  const shown = found[at];
  useEffect(() => {
    if (scroller.current) scroller.current.tabIndex = 0; // what scrolls does so by keys as well (WCAG 2.1.1)
  }, []);
  useEffect(() => setAt(0), [q]);
  useEffect(() => {
    if (!follow || !scroller.current) return;
    scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [follow, text]);
  useEffect(() => mark(scroller.current, shown), [shown, wrap]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const go = (by: number) => {
    setFollow(false);
    setAt((at + by + found.length) % found.length);
  };
  return (
    <div class="log-view">
      <div class="log-view__bar" role="toolbar" aria-label={say('log.of', { name })} aria-controls={id}>
        <input
          type="search"
          aria-label={say('log.find')}
          placeholder={say('log.find')}
          value={q}
          onInput={({ currentTarget }) => setQ(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || found.length === 0) return;
            event.preventDefault();
            go(event.shiftKey ? -1 : 1);
          }}
        />
        <output class="faint small">
          {q === ''
            ? say('log.lines', { count: lines.length })
            : found.length > 0
              ? say('log.found', { at: at + 1, count: found.length })
              : say('log.notFound')}
        </output>
        {found.length > 1 && (
          <>
            <Button small look="plain" onClick={() => go(-1)}>
              {say('log.previous')}
            </Button>
            <Button small look="plain" onClick={() => go(1)}>
              {say('log.next')}
            </Button>
          </>
        )}
        <label class="tick">
          <input type="checkbox" checked={wrap} onChange={() => setWrap(!wrap)} />
          <span>{say('log.wrap')}</span>
        </label>
        <label class="tick">
          <input type="checkbox" checked={follow} onChange={() => setFollow(!follow)} />
          <span>{say('log.follow')}</span>
        </label>
        <Button small look="plain" onClick={() => void copy()}>
          {say(copied ? 'log.copied' : 'log.copy')}
        </Button>
      </div>
      <div
        ref={scroller}
        id={id}
        class={wrap ? 'log log--wrap' : 'log'}
        role="log"
        aria-live="off"
        aria-label={say('log.of', { name })}
        onWheel={() => setFollow(false)}
      >
        {blocks.map((block, i) => (
          <pre key={i} class="log__block">
            {block}
          </pre>
        ))}
      </div>
    </div>
  );
}

/** Shows where something was found, without touching the text (CSS Custom Highlight API), and brings it into view. */
function mark(place: HTMLElement | null, match: Match | undefined): void {
  const highlights = globalThis.CSS?.highlights;
  highlights?.delete(HIGHLIGHT);
  const text = place?.children[match?.block ?? -1]?.firstChild;
  if (!place || !match || !text) return;
  const range = new Range();
  range.setStart(text, match.start);
  range.setEnd(text, match.end);
  if (highlights) highlights.set(HIGHLIGHT, new Highlight(range));
  // Twice: a block that was never seen has no height of its own before it is near.
  text.parentElement?.scrollIntoView({ block: 'nearest' });
  const line = range.getBoundingClientRect();
  const box = place.getBoundingClientRect();
  place.scrollTop += line.top - box.top - box.height / 2;
}
