import {
  captionOf,
  formatsOf,
  previewFigure,
  printFigure,
  type ResolvedFigure,
} from '#lib/figures/render.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import type { Figure } from '#lib/schemas/figure.ts';

/** A figure with its numbers, its drawing and the addresses of its files. */
export function toFigure(figure: ResolvedFigure): Figure {
  const { parsed, data, hashes } = figure;
  return {
    hash: hashes.spec,
    dataHash: hashes.data,
    spec: parsed.spec,
    caption: captionOf(figure),
    files: Object.fromEntries(
      formatsOf(parsed).map((format) => [format, `/api/v1/figures/${hashes.spec}.${format}`]),
    ),
    data: { columns: [...data.columns], rows: data.rows.map((row) => [...row]) },
    drawing: previewFigure(figure, figureFonts()),
    table: printFigure(figure),
  };
}
