/** The mark: an eave, two posts, and the boards between them. */
export const Mark = ({ size = 28 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" fill="none" stroke="currentColor" aria-hidden="true">
    <path d="M3 9.5c6.5-.4 10-2 13-4.5 3 2.5 6.5 4.1 13 4.5" stroke-width="2" stroke-linecap="round" />
    <path d="M8 12v8M24 12v8" stroke-width="2" />
    <path d="M3 21h26M3 24.5h26M3 28h26" stroke-width="1.5" class="mark__boards" />
  </svg>
);
