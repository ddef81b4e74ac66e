/**
 * Where the focus goes when a part of a list is taken away under it: to the next one, else the one before, else the heading; not to the
 * top of the page. Called while the part is still there.
 * @param parts one in each part of the list, in its order
 */
export function focusBeside(parts: readonly HTMLElement[], at: number, heading: HTMLElement | null): void {
  (parts[at + 1] ?? parts[at - 1] ?? heading)?.focus();
}
