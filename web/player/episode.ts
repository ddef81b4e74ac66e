/** What plays, as the page around the player knows it. Names that are shielded come as the page shows them. */
export type Episode = {
  id: string;
  titleId: string;
  titleSlug: string;
  title: string;
  name: string;
  artwork: { src: string; sizes: string }[];
  /** Waits for the viewer to press play: what begins may harm some of them. */
  patient: boolean;
  previous: { id: string } | null;
  next: { id: string; name: string; still: string | null } | null;
};
