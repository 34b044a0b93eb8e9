import {
  ARRAY_FIELDS,
  createRunState,
  fromNumbers,
  NUMBER_COUNT,
  toNumbers,
  type RunState,
} from './run-state.ts';

/**
 * The stored form of a run state: a version byte, then unsigned LEB128 integers. Arrays hold runs of zeros as their
 * length, since most bins of a histogram and most items of a young run are empty.
 */
const ENCODING_VERSION = 1;

export function encodeRunState(state: RunState): Uint8Array {
  const bytes: number[] = [ENCODING_VERSION];
  writeInteger(bytes, state.itemCount);
  for (const value of toNumbers(state)) writeInteger(bytes, value);
  for (const name of ARRAY_FIELDS) writeArray(bytes, state[name]);
  return Uint8Array.from(bytes);
}

/** Throws when the bytes are cut, of another version or not a run state at all. */
export function decodeRunState(bytes: Uint8Array): RunState {
  if (bytes[0] !== ENCODING_VERSION) {
    throw new Error(
      `The stored run summary has version ${bytes[0] ?? 'none'}, not ${ENCODING_VERSION}.`,
    );
  }
  const reader = { bytes, offset: 1 };
  const state = createRunState(readInteger(reader));
  fromNumbers(
    state,
    Array.from({ length: NUMBER_COUNT }, () => readInteger(reader)),
  );
  for (const name of ARRAY_FIELDS) readArray(reader, state[name]);
  if (reader.offset !== bytes.length)
    throw new Error('The stored run summary has bytes after its end.');
  return state;
}

interface Reader {
  readonly bytes: Uint8Array;
  offset: number;
}

/** Division instead of shifts: sums pass 2^32, where bit operators stop. */
function writeInteger(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readInteger(reader: Reader): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = reader.bytes[reader.offset];
    if (byte === undefined) throw new Error('The stored run summary is cut.');
    reader.offset += 1;
    value += (byte % 128) * scale;
    if (value > Number.MAX_SAFE_INTEGER)
      throw new Error('The stored run summary holds a number too large.');
    if (byte < 128) return value;
    scale *= 128;
  }
}

/** A zero is followed by the number of further zeros. */
function writeArray(bytes: number[], values: Uint32Array | Float64Array): void {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    writeInteger(bytes, value);
    if (value !== 0) continue;
    let end = i;
    while (end + 1 < values.length && values[end + 1] === 0) end += 1;
    writeInteger(bytes, end - i);
    i = end;
  }
}

function readArray(reader: Reader, values: Uint32Array | Float64Array): void {
  for (let i = 0; i < values.length; i += 1) {
    const value = readInteger(reader);
    values[i] = value;
    if (value !== 0) continue;
    i += readInteger(reader);
    if (i >= values.length) throw new Error('The stored run summary has more items than it says.');
  }
}
