import { parentPort } from 'node:worker_threads';
import { encodeBytes } from './frames.ts';
import { packBytes, viewsOf, type PackedTexts } from './packed-texts.ts';

parentPort?.on('message', (texts: PackedTexts) => {
  const frames = viewsOf(texts).map(encodeBytes);
  const packed = packBytes(
    frames.map(({ length }) => length),
    (bytes, index, at) => bytes.set(frames[index] ?? [], at),
  );
  parentPort?.postMessage(packed, [packed.bytes.buffer, packed.ends.buffer]);
});
