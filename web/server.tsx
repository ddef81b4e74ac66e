/** Rendering for the edge: the only way from edge/pages into web/. */
export const render = (): string => '';
