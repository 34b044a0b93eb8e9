import { afterAll, describe, expect, test } from 'vitest';
import { FrameEncoder } from '#lib/ingest/frame-encoder.ts';
import { decodeFrame, encodeFrame } from '#lib/ingest/frames.ts';
import { createRng } from '#lib/rng.ts';

const encoder = new FrameEncoder();
afterAll(() => encoder.close());

describe('frames made in the background', () => {
  test('hold every text alone, in order, of any length', async () => {
    const rng = createRng('frame encoder', 1);
    const lengths = [
      0,
      1,
      3,
      70_000,
      2_000_000,
      ...Array.from({ length: 500 }, () => rng.below(9_000)),
    ];
    const texts = lengths.map((length) =>
      Array.from({ length: Math.ceil(length / 8) }, () => rng.uint32().toString(36))
        .join('é')
        .slice(0, length),
    );
    const frames = await encoder.encode(texts);
    expect(frames.map((frame) => decodeFrame(frame))).toEqual(texts);
  });

  test('leave an unknown text unknown and keep an empty one', async () => {
    const frames = await encoder.encode([null, '', 'x', null]);
    expect(frames.map((frame) => decodeFrame(frame))).toEqual([null, '', 'x', null]);
  });

  test('are read like those made at once', async () => {
    const text = 'Wait, let me check this again. '.repeat(200);
    const [frame] = await encoder.encode([text]);
    expect(decodeFrame(frame ?? null)).toBe(decodeFrame(encodeFrame(text)));
  });
});
