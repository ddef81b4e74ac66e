import { boxes, find, Mp4Error, type Box } from './mp4.ts';

/** What an init segment says: read from the bitstream's own parameter sets, never assumed. */
export type InitFacts = { codec: string; timescale: number; width: number; height: number };

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** @throws Mp4Error where it is neither AVC nor AV1 nor AAC */
export function readInit(bytes: Uint8Array): InitFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mdhd = find(bytes, 'moov/trak/mdia/mdhd');
  const stsd = find(bytes, 'moov/trak/mdia/minf/stbl/stsd');
  if (!mdhd || !stsd) throw new Mp4Error('the init segment lacks mdhd or stsd');
  const timescale = view.getUint32(mdhd.body + (bytes[mdhd.body] === 1 ? 20 : 12));
  const entry = boxes(bytes, stsd.body + 8, stsd.end).next().value;
  if (entry?.type === 'avc1') {
    // VisualSampleEntry: 78 bytes of fields, width and height at 24 and 26 (ISO/IEC 14496-12 §12.1.3).
    const avcC = find(bytes, 'avcC', { ...entry, body: entry.body + 78 });
    if (!avcC) throw new Mp4Error('avc1 has no avcC');
    // RFC 6381 §3.3: profile_idc, constraint flags and level_idc, as the SPS and avcC carry them.
    const codec = `avc1.${[...bytes.subarray(avcC.body + 1, avcC.body + 4)].map(hex).join('')}`;
    const sps = [...bytes.subarray(avcC.body + 9, avcC.body + 12)].map(hex).join('');
    if (codec !== `avc1.${sps}`) throw new Mp4Error(`avcC says ${codec}, the SPS in it ${sps}`);
    return {
      codec,
      timescale,
      width: view.getUint16(entry.body + 24),
      height: view.getUint16(entry.body + 26),
    };
  }
  if (entry?.type === 'av01') {
    const children = { ...entry, body: entry.body + 78 };
    const av1C = find(bytes, 'av1C', children);
    if (!av1C) throw new Mp4Error('av01 has no av1C');
    return {
      codec: av1Codec(bytes.subarray(av1C.body, av1C.end), find(bytes, 'colr', children), bytes),
      timescale,
      width: view.getUint16(entry.body + 24),
      height: view.getUint16(entry.body + 26),
    };
  }
  if (entry?.type === 'mp4a') {
    const esds = find(bytes, 'esds', { ...entry, body: entry.body + 28 });
    if (!esds) throw new Mp4Error('mp4a has no esds');
    return { codec: aacCodec(bytes.subarray(esds.body + 4, esds.end)), timescale, width: 0, height: 0 };
  }
  throw new Mp4Error(`sample entry ${entry?.type ?? 'none'} is neither avc1 nor av01 nor mp4a`);
}

/**
 * `av01.P.LLT.DD` (AV1 Codec ISO Media File Format Binding §5): profile, level, tier and bit depth, as av1C has them from the
 * sequence header. The optional fields follow where colours are other than their defaults, BT.709 in limited range.
 */
function av1Codec(av1C: Uint8Array, colr: Box | undefined, bytes: Uint8Array): string {
  const [, profile = 0, flags = 0] = av1C;
  const two = (number: number) => String(number).padStart(2, '0');
  const depth = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8;
  const codec = `av01.${profile >> 5}.${two(profile & 0x1f)}${flags & 0x80 ? 'H' : 'M'}.${two(depth)}`;
  if (!colr || String.fromCharCode(...bytes.subarray(colr.body, colr.body + 4)) !== 'nclx') return codec;
  const view = new DataView(bytes.buffer, bytes.byteOffset + colr.body + 4);
  const [primaries, transfer, matrix] = [view.getUint16(0), view.getUint16(2), view.getUint16(4)];
  const full = view.getUint8(6) >> 7;
  if (primaries === 1 && transfer === 1 && matrix === 1 && full === 0) return codec;
  const monochrome = (flags >> 4) & 1;
  const subsampling = `${(flags >> 3) & 1}${(flags >> 2) & 1}${flags & 3}`;
  return `${codec}.${monochrome}.${subsampling}.${two(primaries)}.${two(transfer)}.${two(matrix)}.${full}`;
}

/** `mp4a.OO.A` (RFC 6381 §3.3): object type of the DecoderConfigDescriptor, audio object type of the AudioSpecificConfig (ISO/IEC 14496-1 §7.2.6). */
function aacCodec(descriptors: Uint8Array): string {
  let objectType: number | undefined;
  for (let at = 0; at < descriptors.length;) {
    const tag = descriptors[at++];
    while (descriptors[at++]! & 0x80); // the size is 1 to 4 bytes, the top bit says that another follows
    if (tag === 3) at += 3; // ES_Descriptor: id and flags
    else if (tag === 4) {
      objectType = descriptors[at];
      at += 13;
    } else if (tag === 5 && objectType !== undefined) {
      const first = descriptors[at]!;
      const short = first >> 3;
      const audioType = short === 31 ? 32 + ((first & 7) << 3) + (descriptors[at + 1]! >> 5) : short;
      return `mp4a.${hex(objectType)}.${audioType}`;
    } else break;
  }
  throw new Mp4Error('esds has no AudioSpecificConfig');
}
