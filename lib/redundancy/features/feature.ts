import type { TextScan } from '../scan/text-scan.ts';

/** A number of a whole text that no spans can show. A changed value raises `version`. */
export interface Feature {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly description: string;
  readonly unit: 'share' | 'bits' | 'count';
  /** Finite; null where the text is too short to tell. Linear in the length of the text. */
  measure(scan: TextScan): number | null;
}
