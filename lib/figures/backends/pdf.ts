import PDFDocument from 'pdfkit';
import type { Drawing, PathShape, TextShape } from '../drawing.ts';
import type { FontKey, FontSet } from '../text/font-set.ts';
import { SOFTWARE, type FigureMetadata } from './metadata.ts';

type Document = InstanceType<typeof PDFDocument>;

/**
 * One page of vector graphics with embedded, subset TrueType fonts and the text as text. No clock is read, so that equal
 * figures are equal files.
 */
export async function toPdf(
  drawing: Drawing,
  fonts: FontSet,
  metadata: FigureMetadata,
): Promise<Uint8Array> {
  const date = new Date(metadata.date);
  const document = new PDFDocument({
    size: [drawing.width, drawing.height],
    margin: 0,
    compress: true,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    info: {
      Title: metadata.title,
      Subject: metadata.description,
      Keywords: `figure ${metadata.specHash}, data ${metadata.dataHash}${metadata.verifiers.length > 0 ? `, verifier ${metadata.verifiers.join(' ')}` : ''}`,
      Creator: SOFTWARE,
      Producer: SOFTWARE,
      CreationDate: date,
      ModDate: date,
    },
  });
  const finished = collect(document);
  const registered = new Set<FontKey>();
  const fontOf: FontOf = (key) => {
    if (!registered.has(key)) document.registerFont(key, fonts.bytes(key));
    registered.add(key);
    return document.font(key);
  };
  for (const shape of drawing.shapes) {
    if (shape.kind !== 'clip') {
      drawShape(document, shape, { fonts, fontOf });
      continue;
    }
    const { left, top, right, bottom } = shape.box;
    document
      .save()
      .rect(left, top, right - left, bottom - top)
      .clip();
    for (const inner of shape.shapes) drawShape(document, inner, { fonts, fontOf });
    document.restore();
  }
  document.end();
  return finished;
}

function collect(document: Document): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('error', reject);
    document.on('end', () => {
      const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      let offset = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, offset);
        offset += chunk.length;
      }
      resolve(bytes);
    });
  });
}

type FontOf = (key: FontKey) => Document;

interface Fonts {
  fonts: FontSet;
  fontOf: FontOf;
}

function drawShape(document: Document, shape: PathShape | TextShape, fonts: Fonts): void {
  if (shape.kind === 'path') drawPath(document, shape);
  else drawText(document, shape, fonts);
}

function drawPath(document: Document, { d, fill, stroke, width, dash, opacity }: PathShape): void {
  document.save();
  if (opacity !== 1) document.opacity(opacity);
  if (dash.length > 0) document.dash(dash[0] ?? 1, { space: dash[1] ?? 1 });
  // The library takes one dash and one gap; longer patterns go straight into the page.
  if (dash.length > 2) document.addContent(`[${dash.join(' ')}] 0 d`);
  document.path(d);
  if (stroke !== null) document.lineWidth(width);
  if (fill !== null && stroke !== null) document.fillAndStroke(fill, stroke);
  else if (fill !== null) document.fill(fill);
  else if (stroke !== null) document.stroke(stroke);
  document.restore();
}

function drawText(document: Document, shape: TextShape, { fonts, fontOf }: Fonts): void {
  document.save();
  if (shape.turn !== 0) document.rotate(shape.turn, { origin: [shape.x, shape.y] });
  document.fillColor(shape.fill);
  for (const run of fonts.shape(shape.text, shape)) {
    fontOf(run.font)
      .fontSize(shape.size)
      .text(run.text, shape.x + run.x, shape.y, { lineBreak: false, baseline: 'alphabetic' });
  }
  document.restore();
}
