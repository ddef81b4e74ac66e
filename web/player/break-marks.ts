import { make } from './make.ts';

/**
 * Where breaks come, on the seek bar. Those before the beginning and those that were shown are not marked.
 * @param seen seconds, whole
 */
export function markBreaks(
  controls: ParentNode,
  breaks: readonly number[],
  duration: number,
  seen: ReadonlySet<number>,
): { draw(): void; remove(): void } {
  const strip = make('div', 'break-marks');
  strip.setAttribute('aria-hidden', 'true');
  const draw = () =>
    strip.replaceChildren(
      ...breaks
        .filter((at) => at > 0 && at < duration && !seen.has(Math.round(at)))
        .map((at) => {
          const mark = make('span', 'break-marks__mark');
          mark.style.left = `${(at / duration) * 100}%`;
          return mark;
        }),
    );
  draw();
  controls.querySelector('.controls__seek')?.append(strip);
  return { draw, remove: () => strip.remove() };
}
