import type { Db } from '#lib/db/client.ts';
import { findSampleInput, type SampleInput } from '#lib/db/sample-input.ts';
import type { SampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { visibleText } from '#lib/jobs/attempt-measure.ts';
import { readPolicyKey } from '#lib/leaderboard/policy-key.ts';
import type { TracePart } from '#lib/redundancy/transcript/describe-trace.ts';
import type { SampleRedundancy } from '#lib/schemas/redundancy.ts';
import { splitThinking } from '#lib/text/think-split.ts';
import { knownTokenizers } from '#lib/known-tokenizers.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import type { TraceQuestion } from './redundancy-thread.ts';
import { TraceReader } from './trace-reader.ts';

const holder = globalThis as typeof globalThis & { laconicTraceReader?: TraceReader };

/** One a process, kept where the development server finds it again. */
export function traceReader(): TraceReader {
  holder.laconicTraceReader ??= new TraceReader();
  return holder.laconicTraceReader;
}

/** What of a sample was said before, and where it could have ended. Throws `not_found` and `unavailable`. */
export async function describeSample(
  db: Db,
  scope: SampleScope,
  place: { itemKey: string; sampleIndex: number },
  reader: TraceReader = traceReader(),
): Promise<SampleRedundancy> {
  const input = await findSampleInput(db, scope, place);
  const text = input === null ? null : visibleText(input.texts);
  if (input === null || text === null) {
    throw new AppError('not_found', 'There is no such sample, or no text of it is stored.');
  }
  const reasons: SampleRedundancy['reasons'] = {};
  const tokenizer = toTokenizer(scope, reasons);
  const reference = toReference(input, scope, reasons);
  const asked = {
    ...{ text, question: input.question, tokenizer },
    parts: partsOf(input.texts, text),
  };
  let answer = await reader.describe({ ...asked, reference });
  if (reference !== null && (answer === null || answer.isLate)) {
    reasons.answers = 'Comparing the answers in this text with the reference took too long.';
    answer ??= await reader.describe({ ...asked, reference: null });
  }
  if (answer === null) {
    throw new AppError('unavailable', 'This text could not be looked through in time.');
  }
  const described = answer.description;
  if (described.answers === null && reference !== null && reasons.answers === undefined) {
    reasons.answers = `The verifier ${scope.verifier} does not compare answers with a reference.`;
  }
  return {
    runId: scope.runId,
    ...place,
    tokenizer,
    ...described,
    reasons,
  };
}

function toTokenizer(scope: SampleScope, reasons: SampleRedundancy['reasons']): string | null {
  if (scope.tokenizer !== null && knownTokenizers().has(scope.tokenizer)) return scope.tokenizer;
  reasons.tokens = 'The outputs of this run hide or shorten their reasoning, so nobody counts it.';
  return null;
}

function toReference(
  { gold, choices }: SampleInput,
  scope: SampleScope,
  reasons: SampleRedundancy['reasons'],
): TraceQuestion['reference'] {
  const refuse = (reason: string): null => {
    reasons.answers = reason;
    return null;
  };
  if (scope.hasHiddenGold) return refuse('The reference answers of this benchmark are hidden.');
  if (scope.tokenizer === null)
    return refuse('The outputs of this run hide or shorten their reasoning.');
  if (gold === null) return refuse('The item has no reference answer.');
  if (!verifiers.has(scope.verifier)) return refuse(`There is no verifier ${scope.verifier} here.`);
  return { gold, choices, verifier: scope.verifier, policy: readPolicyKey(scope.policy) };
}

/** The parts of the sample page as places in the visible text. */
function partsOf({ output, reasoning, answer }: SampleInput['texts'], text: string): TracePart[] {
  if (reasoning !== null || answer !== null) return sourceParts({ output, reasoning, answer });
  const { thinking, answer: rest } = splitThinking(text);
  const parts: TracePart[] = [{ name: 'answer', start: rest.start, end: rest.end }];
  if (thinking !== null)
    parts.unshift({ name: 'reasoning', start: thinking.start, end: thinking.end });
  return parts;
}

/** A source that gives the whole and its parts may have cut between them; a part that is not in the whole has no place. */
function sourceParts({ output, reasoning, answer }: SampleInput['texts']): TracePart[] {
  const parts: TracePart[] = [];
  let from = 0;
  for (const [name, part] of [
    ['reasoning', reasoning],
    ['answer', answer],
  ] as const) {
    if (part === null) continue;
    const start = output === null ? from : output.indexOf(part, from);
    if (start < 0) continue;
    parts.push({ name, start, end: start + part.length });
    from = start + part.length + (output === null ? 1 : 0);
  }
  return parts;
}
