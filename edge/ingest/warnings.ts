import type { Warning } from '../../schema/media-facts.ts';

/** `glyphs-missing: s0-en uses …; encoding-unsure: …`: warnings in one line. */
export const named = (warnings: readonly Warning[]): string =>
  warnings.map(({ code, detail }) => `${code}: ${detail}`).join(' ');

export const blocking = (warnings: readonly Warning[] | null): Warning[] =>
  (warnings ?? []).filter(({ blocks }) => blocks);
