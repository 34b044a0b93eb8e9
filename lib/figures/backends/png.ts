import { renderAsync } from '@resvg/resvg-js';
import { AppError } from '#lib/errors.ts';
import { metadataPairs, type FigureMetadata } from './metadata.ts';

export const DPI = { least: 72, most: 600, usual: 300 } as const;

/** Four bytes each, and some more while it is packed. */
const MOST_PIXELS = 50e6;

/** Rasterises the SVG on white. It holds no text but outlines, so that no font is read. */
export async function toPng(
  svg: string,
  {
    dpi,
    width,
    height,
    metadata,
  }: { dpi: number; width: number; height: number; metadata: FigureMetadata },
): Promise<Uint8Array> {
  const pixels = width * height * (dpi / 72) ** 2;
  if (pixels > MOST_PIXELS) {
    const most = Math.floor(dpi * Math.sqrt(MOST_PIXELS / pixels));
    throw new AppError(
      'unprocessable',
      `At ${dpi} dpi this figure would have ${Math.ceil(pixels / 1e6)} million pixels, more than ${MOST_PIXELS / 1e6}. Ask for ${most} dpi or less, or for the PDF.`,
    );
  }
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: Math.round((width / 72) * dpi) },
    background: '#FFFFFF',
    font: { loadSystemFonts: false },
    logLevel: 'off',
  });
  return withChunks(image.asPng(), [physicalSize(dpi), ...metadataPairs(metadata).map(textChunk)]);
}

/** Behind the header, which is the first chunk and 25 bytes long. */
function withChunks(png: Uint8Array, chunks: readonly Uint8Array[]): Uint8Array {
  const head = 8 + 25;
  const added = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bytes = new Uint8Array(png.length + added);
  bytes.set(png.subarray(0, head));
  let offset = head;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  bytes.set(png.subarray(head), offset);
  return bytes;
}

/** Pixels a metre, which is what the format asks for (PNG, 11.3.4.3). */
function physicalSize(dpi: number): Uint8Array {
  const data = new DataView(new ArrayBuffer(9));
  const perMetre = Math.round(dpi / 0.0254);
  data.setUint32(0, perMetre);
  data.setUint32(4, perMetre);
  data.setUint8(8, 1);
  return chunk('pHYs', new Uint8Array(data.buffer));
}

/** International text, uncompressed (PNG, 11.3.3.4): keyword, five empty fields, UTF-8. */
function textChunk([name, value]: [string, string]): Uint8Array {
  const text = new TextEncoder().encode(`${name}\0\0\0\0\0${value.replaceAll('\0', '')}`);
  return chunk('iTXt', text);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** The polynomial of ISO 3309, bit by bit: a few hundred bytes a file. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xff_ff_ff_ff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xed_b8_83_20 : crc >>> 1;
  }
  return (crc ^ 0xff_ff_ff_ff) >>> 0;
}
