/** RFC 6381: the first four characters name the codec. */
export const codecName = (codec: string): string =>
  codec.startsWith('av01') ? 'AV1' : codec.startsWith('avc') ? 'H.264' : codec;
