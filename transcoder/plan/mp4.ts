/**
 * As much of ISO/IEC 14496-12 as fragments need: cutting a fragmented MP4 into its init part and its fragments, reading what a
 * fragment says of itself, and setting its decode time.
 */
export type Box = { type: string; start: number; body: number; end: number };

/** @throws Mp4Error where a box does not fit into its parent */
export function* boxes(bytes: Uint8Array, start = 0, end = bytes.length): Generator<Box> {
  const view = viewOf(bytes);
  for (let at = start; at < end;) {
    if (at + 8 > end) throw new Mp4Error(`a box is cut off at byte ${at}`);
    let size = view.getUint32(at);
    let body = at + 8;
    if (size === 1) {
      size = Number(view.getBigUint64(at + 8));
      body += 8;
    } else if (size === 0) size = end - at;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (size < body - at || at + size > end) throw new Mp4Error(`box ${type} at byte ${at} is cut off`);
    yield { type, start: at, body, end: at + size };
    at += size;
  }
}

export class Mp4Error extends Error {
  override name = 'Mp4Error';
}

/** The first box down a path such as `moov/trak/mdia`. `skip`: bytes of fixed fields before the children of the last but one. */
export function find(bytes: Uint8Array, path: string, within?: Box): Box | undefined {
  const [type, ...rest] = path.split('/');
  for (const box of boxes(bytes, within?.body ?? 0, within?.end ?? bytes.length))
    if (box.type === type) return rest.length > 0 ? find(bytes, rest.join('/'), box) : box;
  return undefined;
}

export type Fragment = {
  /** moof + mdat. */
  bytes: Uint8Array;
  /** tfdt, ticks. */
  decodeTime: number;
  samples: number;
  /** Sum of the sample durations, ticks. */
  duration: number;
  /** First sample's presentation time less its decode time, ticks. */
  composition: number;
  /** Bytes of each sample. */
  sizes: number[];
};

export function splitFragmented(bytes: Uint8Array): { init: Uint8Array; fragments: Fragment[] } {
  const top = [...boxes(bytes)];
  const init = top.filter((box) => box.type === 'ftyp' || box.type === 'moov');
  const fragments = top.flatMap((box, i) => {
    if (box.type !== 'moof') return [];
    const data = top[i + 1];
    if (data?.type !== 'mdat') throw new Mp4Error('a moof has no mdat after it');
    return [readFragment(bytes.slice(box.start, data.end))];
  });
  return { init: concat(init.map((box) => bytes.subarray(box.start, box.end))), fragments };
}

/** What a stored media segment (one fragment or several) says of itself. */
export function readSegment(bytes: Uint8Array): Omit<Fragment, 'bytes' | 'sizes'> {
  const { fragments } = splitFragmented(bytes);
  const first = fragments[0];
  if (!first) throw new Mp4Error('there is no moof');
  let next = first.decodeTime;
  for (const fragment of fragments) {
    if (fragment.decodeTime !== next)
      throw new Mp4Error(`a fragment decodes at ${fragment.decodeTime}, not ${next}`);
    next += fragment.duration;
  }
  return {
    decodeTime: first.decodeTime,
    composition: first.composition,
    samples: fragments.reduce((total, fragment) => total + fragment.samples, 0),
    duration: next - first.decodeTime,
  };
}

function readFragment(bytes: Uint8Array): Fragment {
  const view = viewOf(bytes);
  const traf = find(bytes, 'moof/traf');
  const tfhd = traf && find(bytes, 'tfhd', traf);
  const tfdt = traf && find(bytes, 'tfdt', traf);
  if (!traf || !tfhd || !tfdt) throw new Mp4Error('a moof lacks traf, tfhd or tfdt');
  const decodeTime =
    bytes[tfdt.body] === 1 ? Number(view.getBigUint64(tfdt.body + 4)) : view.getUint32(tfdt.body + 4);
  const usual = defaultsOf(view, tfhd);
  let samples = 0;
  let duration = 0;
  let composition = 0;
  const sizes: number[] = [];
  for (const trun of boxes(bytes, traf.body, traf.end)) {
    if (trun.type !== 'trun') continue;
    const flags = view.getUint32(trun.body) & 0xffffff; // ISO/IEC 14496-12 §8.8.8
    const count = view.getUint32(trun.body + 4);
    let at = trun.body + 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
    for (let i = 0; i < count; i++) {
      duration += flags & 0x100 ? view.getUint32(at) : usual.duration;
      at += flags & 0x100 ? 4 : 0;
      sizes.push(flags & 0x200 ? view.getUint32(at) : usual.size);
      at += (flags & 0x200 ? 4 : 0) + (flags & 0x400 ? 4 : 0);
      if (!(flags & 0x800)) continue;
      if (samples === 0 && i === 0) composition = view.getInt32(at);
      at += 4;
    }
    samples += count;
  }
  return { bytes, decodeTime, samples, duration, composition, sizes };
}

/** tfhd (§8.8.7): optional fields come in the order of their flags. */
function defaultsOf(view: DataView, tfhd: Box): { duration: number; size: number } {
  const flags = view.getUint32(tfhd.body) & 0xffffff;
  const at = tfhd.body + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  return {
    duration: flags & 0x8 ? view.getUint32(at) : 0,
    size: flags & 0x10 ? view.getUint32(at + (flags & 0x8 ? 4 : 0)) : 0,
  };
}

/** The fragment with another decode time and sequence number; nothing changes its length. */
export function retime(fragment: Fragment, decodeTime: number, sequence: number): Fragment {
  const bytes = fragment.bytes.slice();
  const view = viewOf(bytes);
  const tfdt = find(bytes, 'moof/traf/tfdt');
  const mfhd = find(bytes, 'moof/mfhd');
  if (!tfdt || !mfhd) throw new Mp4Error('a moof lacks tfdt or mfhd');
  view.setUint32(mfhd.body + 4, sequence);
  if (bytes[tfdt.body] === 1) view.setBigUint64(tfdt.body + 4, BigInt(decodeTime));
  else view.setUint32(tfdt.body + 4, decodeTime);
  return { ...fragment, bytes, decodeTime };
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
