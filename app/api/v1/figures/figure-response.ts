import { formatsOf, type ResolvedFigure } from '#lib/figures/render.ts';
import { previewCached } from '#lib/paper/figure-store.ts';
import { productVersion } from '#lib/paper/product-version.ts';
import type { Figure } from '#lib/schemas/figure.ts';

/** A figure with its numbers, its drawing and the addresses of its files. */
export async function toFigure(figure: ResolvedFigure): Promise<Figure> {
  const { parsed, data, hashes } = figure;
  return {
    hash: hashes.spec,
    dataHash: hashes.data,
    spec: parsed.spec,
    verifiers: [...data.facts.verifiers],
    laconic: productVersion(),
    ...(await previewCached(figure)),
    files: Object.fromEntries(
      formatsOf(parsed).map((format) => [format, `/api/v1/figures/${hashes.spec}.${format}`]),
    ),
    data: { columns: [...data.columns], rows: data.rows.map((row) => [...row]) },
  };
}
