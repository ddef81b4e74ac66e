/** A paper screen half open on the night garden, drawn in the lines of the site. Decoration only. */
export const Veranda = () => (
  <svg
    class="veranda"
    viewBox="0 0 400 440"
    preserveAspectRatio="xMinYMax slice"
    fill="none"
    aria-hidden="true"
  >
    <circle class="veranda__moon" cx="282" cy="128" r="36" />
    <path class="veranda__hill" d="M118 306c52-46 96-60 150-46s88 8 132-22v92H118z" />
    <path
      class="veranda__grass"
      d="M150 330c2-22 8-38 16-50M166 330c0-18-4-34-12-46M340 330c0-26 8-46 20-62M360 330c-2-20 2-36 10-48"
    />
    <path class="veranda__paper" d="M0 0h118v330H0z" />
    <path d="M118 0v330M39 0v330M79 0v330M0 55h118M0 124h118M0 193h118M0 262h118" />
    <path class="veranda__boards" d="M0 330h400M0 350h400M0 373h400M0 401h400" />
    <path class="veranda__cup" d="M226 326c0 12 6 18 16 18s16-6 16-18z" />
    <path class="veranda__steam" d="M236 317c-5-8 5-12 0-20M248 317c-5-8 5-12 0-20" />
  </svg>
);
