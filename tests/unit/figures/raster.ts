import { inflateSync } from 'node:zlib';

/** Grey values from 0 to 255. */
export interface Raster {
  width: number;
  height: number;
  values: Float64Array;
}

/** A binary PPM (P6) of eight bits, as pdftoppm writes it. */
export function readPpm(bytes: Buffer): Raster {
  const [head = '', width = '', height = ''] =
    /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.subarray(0, 40).toString('latin1')) ?? [];
  return toGrey(bytes.subarray(head.length), {
    width: Number(width),
    height: Number(height),
    channels: 3,
  });
}

/** A PNG of eight bits in RGB or RGBA, not interlaced (PNG, third edition, 9.2). */
export function readPng(bytes: Buffer): Raster {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const channels = bytes[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.subarray(at + 4, at + 8).toString('latin1') === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const data = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const pixels = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i += 1) {
      const raw = data[row * (stride + 1) + 1 + i] ?? 0;
      const left = i < channels ? 0 : (pixels[row * stride + i - channels] ?? 0);
      const up = row === 0 ? 0 : (pixels[(row - 1) * stride + i] ?? 0);
      const corner =
        row === 0 || i < channels ? 0 : (pixels[(row - 1) * stride + i - channels] ?? 0);
      pixels[row * stride + i] = raw + predict(filter, { left, up, corner });
    }
  }
  return toGrey(pixels, { width, height, channels });
}

function predict(
  filter: number,
  { left, up, corner }: { left: number; up: number; corner: number },
): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function toGrey(
  pixels: Buffer,
  { width, height, channels }: { width: number; height: number; channels: number },
): Raster {
  const values = new Float64Array(width * height);
  for (let i = 0; i < values.length; i += 1) {
    const [r = 0, g = 0, b = 0] = pixels.subarray(i * channels, i * channels + 3);
    const alpha = channels === 4 ? (pixels[i * 4 + 3] ?? 0) / 255 : 1;
    values[i] = (0.299 * r + 0.587 * g + 0.114 * b) * alpha + 255 * (1 - alpha);
  }
  return { width, height, values };
}

/** Each pixel the mean of a square of the larger raster. */
export function shrink({ width, height, values }: Raster, factor: number): Raster {
  const small = { width: Math.floor(width / factor), height: Math.floor(height / factor) };
  const means = new Float64Array(small.width * small.height);
  for (let y = 0; y < small.height * factor; y += 1) {
    const row = Math.floor(y / factor) * small.width;
    for (let x = 0; x < small.width * factor; x += 1) {
      const at = row + Math.floor(x / factor);
      means[at] = (means[at] ?? 0) + (values[y * width + x] ?? 0) / factor ** 2;
    }
  }
  return { ...small, values: means };
}

/** Mean structural similarity over windows of eight by eight (Wang et al. 2004). */
export function similarity(a: Raster, b: Raster): number {
  if (Math.abs(a.width - b.width) > 1 || Math.abs(a.height - b.height) > 1) return 0;
  const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
  let sum = 0;
  let windows = 0;
  for (let top = 0; top + 8 <= height; top += 4) {
    for (let left = 0; left + 8 <= width; left += 4) {
      sum += windowSimilarity(a, b, left, top);
      windows += 1;
    }
  }
  return sum / windows;
}

function windowSimilarity(a: Raster, b: Raster, left: number, top: number): number {
  let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + 8; y += 1) {
    for (let x = left; x < left + 8; x += 1) {
      const p = a.values[y * a.width + x] ?? 0;
      const q = b.values[y * b.width + x] ?? 0;
      sa += p;
      sb += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const [ma, mb] = [sa / 64, sb / 64];
  const [va, vb, cov] = [aa / 64 - ma * ma, bb / 64 - mb * mb, ab / 64 - ma * mb];
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  return ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
}
