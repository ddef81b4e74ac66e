/**
 * What has to be added to the times in the media so that they are those of the playlist. hls.js lays a segment's first *decode* time on
 * the start that the playlist says, and everything else by that (its passthrough-remuxer): who feeds the same buffers before it has to
 * do as it does, or picture and sound jump by the delay of B-frames where the one takes over from the other.
 */

/** ISO/IEC 14496-12 §8.4.2: ticks a second of the only track of an init segment. */
export function ticksASecond(init: Uint8Array): number | null {
  const mdhd = find(init, ['moov', 'trak', 'mdia', 'mdhd']);
  return mdhd && mdhd.getUint32(mdhd.getUint8(0) === 1 ? 20 : 12);
}

/** §8.8.12: decode time of the first sample, in ticks. Null: not enough of the segment is there yet. */
export function decodeTime(segment: Uint8Array): number | null {
  const tfdt = find(segment, ['moof', 'traf', 'tfdt']);
  return tfdt && (tfdt.getUint8(0) === 1 ? Number(tfdt.getBigUint64(4)) : tfdt.getUint32(4));
}

/** The content of the first box down a path; null where it is not there, or not whole. */
function find(bytes: Uint8Array, path: readonly string[]): DataView | null {
  let at = 0;
  let end = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const wanted of path) {
    for (;;) {
      if (at + 8 > end) return null;
      const size = view.getUint32(at);
      const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (size < 8) return null; // boxes above 4 GiB and boxes without an end do not stand in these
      if (type === wanted) {
        if (at + size > end) return null;
        end = at + size;
        at += 8;
        break;
      }
      at += size;
    }
  }
  return new DataView(bytes.buffer, bytes.byteOffset + at, end - at);
}
