import { boxes, find, Mp4Error, type Box } from '../mp4.ts';

/**
 * Which samples of a segment are key frames: those that the container calls sync samples (ISO/IEC 14496-12 §8.8.3.1), each looked
 * into, since a player that starts at one needs a picture that really stands alone.
 * @param codec RFC 6381, of the rendition
 * @returns sample numbers within the segment, from 0
 * @throws Mp4Error where a sync sample is no key frame, or the fragments' samples lie outside their data
 */
export function keyFrames(bytes: Uint8Array, codec: string): number[] {
  const isKey = codec.startsWith('av01.') ? isAv1Key : isAvcKey;
  const keys: number[] = [];
  let number = 0;
  for (const moof of boxes(bytes)) {
    if (moof.type !== 'moof') continue;
    for (const { sync, start, end } of samplesOf(bytes, moof)) {
      if (end > bytes.length) throw new Mp4Error(`sample ${number} lies outside its segment`);
      if (sync && !isKey(bytes.subarray(start, end)))
        throw new Mp4Error(`sample ${number} is called a key frame and is none`);
      if (sync) keys.push(number);
      number++;
    }
  }
  return keys;
}

type Sample = { sync: boolean; start: number; end: number };

/** `sample_is_non_sync_sample` of the flags of a sample (§8.8.3.1). */
const NON_SYNC = 0x10000;

function* samplesOf(bytes: Uint8Array, moof: Box): Generator<Sample> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const traf = find(bytes, 'traf', moof);
  const tfhd = traf && find(bytes, 'tfhd', traf);
  if (!traf || !tfhd) throw new Mp4Error('a moof lacks traf or tfhd');
  const usual = defaultsOf(view, tfhd);
  let at = moof.end + 8; // where a trun does not say otherwise, data begins in the mdat that follows
  for (const trun of boxes(bytes, traf.body, traf.end)) {
    if (trun.type !== 'trun') continue;
    const flags = view.getUint32(trun.body) & 0xffffff; // §8.8.8
    const count = view.getUint32(trun.body + 4);
    let field = trun.body + 8;
    const next = (present: number, otherwise: number) => {
      if (!(flags & present)) return otherwise;
      field += 4;
      return view.getUint32(field - 4);
    };
    if (flags & 0x1) at = moof.start + view.getInt32(field); // default-base-is-moof
    next(0x1, 0);
    const first = next(0x4, usual.flags);
    for (let i = 0; i < count; i++) {
      next(0x100, 0);
      const size = next(0x200, usual.size);
      const own = next(0x400, i === 0 ? first : usual.flags);
      next(0x800, 0);
      yield { sync: (own & NON_SYNC) === 0, start: at, end: at + size };
      at += size;
    }
  }
}

/** tfhd (§8.8.7): optional fields come in the order of their flags. */
function defaultsOf(view: DataView, tfhd: Box): { size: number; flags: number } {
  const flags = view.getUint32(tfhd.body) & 0xffffff;
  let at = tfhd.body + 8;
  const next = (present: number, bytes = 4) => {
    if (!(flags & present)) return 0;
    at += bytes;
    return view.getUint32(at - 4);
  };
  next(0x1, 8);
  next(0x2);
  next(0x8);
  return { size: next(0x10), flags: next(0x20) };
}

/** A coded slice of an IDR picture, NAL unit type 5 (ITU-T H.264 §7.4.1), among units with lengths of four bytes. */
function isAvcKey(sample: Uint8Array): boolean {
  const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  for (let at = 0; at + 4 < sample.length; at += 4 + view.getUint32(at)) {
    const type = sample[at + 4]! & 0x1f;
    if (type === 5) return true;
    if (type === 1) return false;
  }
  return false;
}

/** A frame header that says KEY_FRAME and is shown (AV1 bitstream specification §5.3, §5.9.2). */
function isAv1Key(sample: Uint8Array): boolean {
  for (let at = 0; at < sample.length;) {
    const header = sample[at++]!;
    if (header & 0x4) at++; // extension
    let size = sample.length - at;
    if (header & 0x2) {
      size = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = sample[at++] ?? 0;
        size |= (byte & 0x7f) << shift;
        if (!(byte & 0x80)) break;
      }
    }
    const type = (header >> 3) & 0xf;
    // OBU_FRAME_HEADER, OBU_FRAME: show_existing_frame, frame_type (2 bits, 0 is a key frame), show_frame
    if (type === 3 || type === 6) return ((sample[at] ?? 0xff) & 0xf0) === 0x10;
    at += size;
  }
  return false;
}
