import { findRestatedQuestion } from '../answers/restated-question.ts';
import { countByLabel, type Detector, type Span } from '../detector.ts';
import { loopShare } from '../features/loop-share.ts';
import { ngramRepetition } from '../features/ngram-repetition.ts';
import { repeatedStepShare } from '../features/repeated-step-share.ts';
import { stepCount } from '../features/step-count.ts';
import { detectors } from '../index.ts';
import { reflectionKeywords } from '../reflection-keywords.ts';
import { compressionRatio, type Codec } from '../scan/compression.ts';
import { scanText } from '../scan/text-scan.ts';
import { suffixLoop } from '../suffix-loop.ts';
import { thoughtSwitches } from '../thought-switches.ts';

/** Of all that is measured together; raised with the version of any part of it. Rows of 0 are older than this count. */
export const TRACE_VERSION = 1;

/** What is stored of the text of one attempt. Null where the text is too short or too little is known to tell. */
export interface MeasuredTrace {
  /** By detector, then by keyword or kind, how often; a detector that found nothing is left out. */
  found: Record<string, Record<string, number>>;
  reflections: number;
  switches: number;
  loops: number;
  steps: number;
  repeatedStepShare: number | null;
  ngramRepetition: number | null;
  loopShare: number | null;
  compression: number | null;
  restatedShare: number | null;
}

/** Every registered detector and the features that the profile of a run needs, from one scan of the text. */
export function measureTrace(
  text: string,
  { question, codec }: { question: string | null; codec: Codec },
): MeasuredTrace {
  const scan = scanText(text);
  const spansOf = (detector: Detector): Span[] =>
    detector.detectIn?.(scan) ?? detector.detect(text);
  const found: MeasuredTrace['found'] = {};
  const counts = new Map<string, number>();
  for (const detector of detectors.all) {
    const spans = spansOf(detector);
    counts.set(detector.id, spans.length);
    if (spans.length > 0) found[detector.id] = countByLabel(spans);
  }
  return {
    found,
    reflections: counts.get(reflectionKeywords.id) ?? 0,
    switches: counts.get(thoughtSwitches.id) ?? 0,
    loops: counts.get(suffixLoop.id) ?? 0,
    steps: stepCount.measure(scan) ?? 0,
    repeatedStepShare: repeatedStepShare.measure(scan),
    ngramRepetition: ngramRepetition.measure(scan),
    loopShare: loopShare.measure(scan),
    compression: compressionRatio(text, codec),
    restatedShare: question === null ? null : findRestatedQuestion(scan, scanText(question)).share,
  };
}
