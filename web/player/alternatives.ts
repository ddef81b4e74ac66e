/** What tells one variant of the multivariant playlist from another; hls.js's `Level` has it. */
export type Variant = {
  videoCodec?: string | undefined;
  audioGroups?: readonly (string | undefined)[] | undefined;
};

/**
 * The variants that differ from the current one in picture size and rate alone, by index. A playlist lists each picture once for
 * every codec and every group of sound (RFC 8216bis 4.4.6.2), and the engine stays with the codec and the group that it began
 * with: AV1 where it plays smoothly. The twins are no choice that a viewer would know how to make.
 */
export function alternatives(variants: readonly Variant[], current: number): number[] {
  const now = variants[current] ?? variants[0];
  if (!now) return [];
  return variants.flatMap((variant, index) =>
    family(variant) === family(now) && sound(variant) === sound(now) ? [index] : [],
  );
}

/** RFC 6381: what stands before the first dot names the codec. */
const family = ({ videoCodec = '' }: Variant): string => videoCodec.split('.')[0] ?? '';
const sound = ({ audioGroups = [] }: Variant): string => audioGroups.join(' ');
