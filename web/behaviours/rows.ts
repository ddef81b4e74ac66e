/** Shows a row's two buttons, a convenience for mice, while there is more than fits. */
export function moveRows(row: HTMLElement): void {
  const list = row.querySelector<HTMLElement>('ul');
  const buttons = row.querySelector<HTMLElement>('[data-moves]');
  if (!list || !buttons) return;
  new ResizeObserver(() => {
    buttons.hidden = list.scrollWidth <= list.clientWidth;
  }).observe(list);
  buttons.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest<HTMLElement>('[data-move]');
    if (button) list.scrollBy({ left: Number(button.dataset['move']) * list.clientWidth * 0.85 });
  });
}
