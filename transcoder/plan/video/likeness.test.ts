import { expect, it } from 'vitest';
import { likenessMeter, meanLikeness } from './likeness.ts';

const output = (rung: string, codec: string) => ({ target: `${rung}.mp4`, args: ['-c:v', codec] });
const say = (meter: ReturnType<typeof likenessMeter>, ssim: number) =>
  meter.take(`[libx264 @ 0x55aa${ssim * 1000}] [info] SSIM Mean Y:${ssim} (20.1db)`);

it('takes the figures of x264’s outputs in order, and leaves other encoders out', () => {
  const meter = likenessMeter({
    outputs: [output('v1080', 'libx264'), output('r2-v1080-av1', 'libsvtav1'), output('v360', 'libx264')],
  });
  expect(meter.take('[libx264 @ 0x55aa] [warning] --ssim used with psy on: results will be invalid!')).toBe(
    true,
  );
  expect(meter.take('[libx264 @ 0x55aa] [info] kb/s:777.23')).toBe(false);
  expect(say(meter, 0.991)).toBe(true);
  say(meter, 0.972);
  expect(meter.likeness()).toEqual({ v1080: 0.991, v360: 0.972 });
});

it('says nothing where a figure is missing: it would be another rung’s', () => {
  const meter = likenessMeter({ outputs: [output('v1080', 'libx264'), output('v360', 'libx264')] });
  say(meter, 0.991);
  expect(meter.likeness()).toEqual({});
});

it('an episode’s is the mean of its chunks’ by their pictures; of a rung that one does not know, there is none', () => {
  const mean = meanLikeness([
    { frames: 100, likeness: { v1080: 0.9, v360: 0.8 } },
    { frames: 300, likeness: { v1080: 0.98 } },
  ]);
  expect([...mean]).toEqual([['v1080', expect.closeTo(0.96, 9)]]);
  expect(meanLikeness([])).toEqual(new Map());
});
