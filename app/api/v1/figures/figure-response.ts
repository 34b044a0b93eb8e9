import {
  captionOf,
  formatsOf,
  previewFigure,
  renderFigure,
  type ResolvedFigure,
} from '#lib/figures/render.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import type { Figure } from '#lib/schemas/figure.ts';

/** A figure with its numbers, its drawing and the addresses of its files. */
export async function toFigure(figure: ResolvedFigure): Promise<Figure> {
  const { parsed, data, hashes } = figure;
  const fonts = figureFonts();
  const drawing = previewFigure(figure, fonts);
  const markdown = drawing === null ? String(await renderFigure(figure, 'md', fonts)) : null;
  return {
    hash: hashes.spec,
    dataHash: hashes.data,
    spec: parsed.spec,
    caption: captionOf(figure),
    files: Object.fromEntries(
      formatsOf(parsed).map((format) => [format, `/api/v1/figures/${hashes.spec}.${format}`]),
    ),
    data: { columns: [...data.columns], rows: data.rows.map((row) => [...row]) },
    drawing,
    markdown,
  };
}
