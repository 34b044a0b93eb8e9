/** What every file says of itself. The date is handed in: files of one figure are equal to the last byte. */
export interface FigureMetadata {
  title: string;
  /** For those who do not see the figure; the caption without markup. */
  description: string;
  specHash: string;
  dataHash: string;
  verifiers: readonly string[];
  /** Of the data, not of the drawing; ISO 8601. */
  date: string;
}

export const SOFTWARE = 'Laconic';

export function metadataPairs(metadata: FigureMetadata): [string, string][] {
  return [
    ['Title', metadata.title],
    ['Description', metadata.description],
    ['Figure', metadata.specHash],
    ['Data', metadata.dataHash],
    ['Verifier', metadata.verifiers.join(', ')],
    ['Date', metadata.date],
    ['Software', SOFTWARE],
  ];
}
