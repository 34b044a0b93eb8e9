import { coordinate, type PathShape } from '../drawing.ts';
import { metadataPairs, type FigureMetadata } from './metadata.ts';
import { textTransform, type OutlinedDrawing, type OutlinedText } from './outlines.ts';

/** A standalone SVG file: text as outlines, every mark with its numbers in `data-` attributes. */
export function toSvg(drawing: OutlinedDrawing, metadata: FigureMetadata): string {
  const { width, height, outlines } = drawing;
  const size = `${coordinate(width)} ${coordinate(height)}`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${coordinate(width)}pt" height="${coordinate(height)}pt" viewBox="0 0 ${size}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(metadata.title)}</title>`,
    `<desc id="description">${escapeXml(metadata.description)}</desc>`,
    `<metadata>${metadataXml(metadata)}</metadata>`,
    `<defs>${Object.entries(outlines)
      .map(([id, d]) => `<path id="${id}" d="${d}"/>`)
      .join('')}`,
  ];
  const body: string[] = [];
  const clips: string[] = [];
  for (const shape of drawing.shapes) {
    if (shape.kind !== 'clip') {
      body.push(shapeXml(shape));
      continue;
    }
    const { left, top, right, bottom } = shape.box;
    const id = `c${clips.length}`;
    clips.push(
      `<clipPath id="${id}"><path d="M${coordinate(left)} ${coordinate(top)}H${coordinate(right)}V${coordinate(bottom)}H${coordinate(left)}Z"/></clipPath>`,
    );
    body.push(`<g clip-path="url(#${id})">${shape.shapes.map(shapeXml).join('')}</g>`);
  }
  return `${[...parts, ...clips, '</defs>', ...body, '</svg>'].join('\n')}\n`;
}

function shapeXml(shape: PathShape | OutlinedText): string {
  return shape.kind === 'path' ? pathXml(shape) : textXml(shape);
}

function pathXml({ d, fill, stroke, width, dash, opacity, datum }: PathShape): string {
  const attributes: [string, string][] = [
    ['d', d],
    ['fill', fill ?? 'none'],
  ];
  if (stroke !== null) attributes.push(['stroke', stroke], ['stroke-width', coordinate(width)]);
  if (dash.length > 0) attributes.push(['stroke-dasharray', dash.map(coordinate).join(' ')]);
  if (opacity !== 1) attributes.push(['opacity', String(opacity)]);
  for (const [name, value] of Object.entries(datum ?? {})) {
    attributes.push([`data-${name.replaceAll('_', '-')}`, String(value)]);
  }
  return `<path ${attributes.map(([name, value]) => `${name}="${escapeXml(value)}"`).join(' ')}/>`;
}

function textXml(text: OutlinedText): string {
  const uses = text.glyphs.map(
    ({ outline, x, y }) =>
      `<use href="#${outline}"${x === 0 ? '' : ` x="${coordinate(x)}"`}${y === 0 ? '' : ` y="${coordinate(y)}"`}/>`,
  );
  return `<g fill="${text.fill}" transform="${textTransform(text)}" aria-label="${escapeXml(text.text)}">${uses.join('')}</g>`;
}

function metadataXml(metadata: FigureMetadata): string {
  return metadataPairs(metadata)
    .map(([name, value]) => `<entry name="${name}">${escapeXml(value)}</entry>`)
    .join('');
}

/** XML has no sign for most control characters, so that they are left out. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
