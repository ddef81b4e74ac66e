/** Drawn on a 24-unit grid with a 1.6-unit line, so that they sit with the text face. */
const shapes = {
  play: <path d="M7 4.8v14.4L19 12z" fill="currentColor" />,
  back: <path d="m14.5 5-7 7 7 7" />,
  on: <path d="m9.5 5 7 7-7 7" />,
  clock: <path d="M12 7v5.2l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
} as const;

/** Decoration beside words: hidden from screen readers, so never a control's only label. */
export const Icon = ({ name, size = 20 }: { name: keyof typeof shapes; size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {shapes[name]}
  </svg>
);
