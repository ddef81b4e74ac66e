import type { Plan } from '../../../schema/jobs/plan.ts';

/** A picture as its decoder hands it over. */
export type DecodedPicture = {
  stream: number;
  /** Seconds. */
  time: number;
  interlaced: boolean;
  topFirst: boolean;
};

/** A few pictures that are marked by mistake do not make a film interlaced. */
const SHARE = 0.1;

/**
 * The order of the fields. The pictures are asked first; a container is believed where they say nothing.
 * @param claim `field_order` as ffprobe writes it: in `tb` and `bt` the second letter is the field that is shown first
 */
export function fieldsOf(pictures: readonly DecodedPicture[], claim: string): Plan['source']['fields'] {
  const interlaced = pictures.filter((picture) => picture.interlaced);
  if (interlaced.length > pictures.length * SHARE) {
    const top = interlaced.filter(({ topFirst }) => topFirst).length;
    return top === interlaced.length ? 'top' : top === 0 ? 'bottom' : 'auto';
  }
  if (claim === 'tt' || claim === 'bt') return 'top';
  return claim === 'bb' || claim === 'tb' ? 'bottom' : null;
}
