import { parentPort } from 'node:worker_threads';
import { encodeFrame } from './frames.ts';

/** Texts in, their frames out: one buffer, handed over and not copied, and the length of each frame (-1: no text). */
export interface EncodedFrames {
  bytes: ArrayBuffer;
  lengths: number[];
}

parentPort?.on('message', (texts: readonly (string | null)[]) => {
  const frames = texts.map((text) => encodeFrame(text));
  const lengths = frames.map((frame) => frame?.byteLength ?? -1);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + Math.max(0, length), 0));
  let offset = 0;
  for (const frame of frames) {
    if (frame === null) continue;
    bytes.set(frame, offset);
    offset += frame.byteLength;
  }
  const message: EncodedFrames = { bytes: bytes.buffer, lengths };
  parentPort?.postMessage(message, [bytes.buffer]);
});
