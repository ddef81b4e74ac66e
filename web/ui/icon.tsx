/** Drawn on a 24-unit grid with a 1.6-unit line, so that they sit with the text face. */
const shapes = {
  play: <path d="M7 4.8v14.4L19 12z" fill="currentColor" />,
  back: <path d="m14.5 5-7 7 7 7" />,
  on: <path d="m9.5 5 7 7-7 7" />,
  clock: <path d="M12 7v5.2l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  search: <path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5L20 20" />,
  calendar: <path d="M5 6h14v13H5zM5 10h14M9 4v4M15 4v4" />,
  eye: (
    <path d="M3 3l18 18M10 6.2A9 9 0 0 1 21 12a12 12 0 0 1-2.3 3M6.3 7.6A12 12 0 0 0 3 12s3 6 9 6a9 9 0 0 0 3.6-.7" />
  ),
  bell: <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4" />,
  plus: <path d="M12 5v14M5 12h14" />,
  up: <path d="m5 14.5 7-7 7 7" />,
  down: <path d="m5 9.5 7 7 7-7" />,
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
