import { scanText, type TextScan } from './scan/text-scan.ts';

/** A span of a text in UTF-16 units, `end` excluded. */
export interface Span {
  start: number;
  end: number;
  /** The keyword, the repeated step …: what the reader sees on hover. */
  label: string;
}

/** One kind of redundancy. A changed count raises `version`. */
export interface Detector {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly description: string;
  /** Spans in order of `start`, not overlapping. Linear in the length of the text. */
  detect(text: string): Span[];
  /** The same spans from a scan that several detectors share; absent where the detector reads the text its own way. */
  readonly detectIn?: (scan: TextScan) => Span[];
}

/** A detector that reads the shared scan only. */
export function scanDetector(
  detector: Omit<Detector, 'detect'> & Required<Pick<Detector, 'detectIn'>>,
): Detector {
  return { ...detector, detect: (text) => detector.detectIn(scanText(text)) };
}

/** The spans of several detectors over one text, which is scanned once. In the order of the detectors. */
export function detectAll(detectors: readonly Detector[], text: string): Span[][] {
  const scan = scanText(text);
  return detectors.map((detector) => detector.detectIn?.(scan) ?? detector.detect(text));
}

/** How often each label occurs. Labels without a span are missing, not 0. */
export function countByLabel(spans: readonly Span[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { label } of spans) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
