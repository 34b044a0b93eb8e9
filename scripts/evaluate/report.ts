import type { EvaluationResult } from '#lib/runner/evaluate.ts';

/** What a run came to, and what is missing. */
export function describe(
  { done, failed, unasked, stopReason, spent }: EvaluationResult,
  { out, missing, had }: { out: string; missing: number; had: number },
): string {
  const n = (count: number) => count.toLocaleString('en');
  const cost = spent.costUsd === null ? '' : `, $${spent.costUsd.toFixed(4)}`;
  const lines = [
    `${out}: ${n(done)} answers${had > 0 ? ` and ${n(had)} from before` : ''}`,
    `${n(spent.requests)} requests, ${n(spent.promptTokens)} prompt tokens, ${n(spent.outputTokens)} generated tokens${spent.uncounted > 0 ? ` (${n(spent.uncounted)} answers without a count are estimated)` : ''}${cost}`,
    ...failed.map(({ message, count }) => `${n(count)} given up: ${message}`),
  ];
  if (missing > 0) {
    lines.push(
      `${n(missing)} answers are missing (${n(unasked)} not asked${stopReason === null ? '' : `: ${stopReason}`}). The same command goes on with them.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** One line that is drawn again on a terminal; elsewhere nothing before the end. */
export function createLine(total: number): {
  show: (result: EvaluationResult) => void;
  end: () => void;
} {
  const stream = process.stderr;
  let isDrawn = false;
  return {
    show({ done, spent }) {
      if (!stream.isTTY) return;
      isDrawn = true;
      const text = `asking     ${String(done)} of ${String(total)}, ${spent.outputTokens.toLocaleString('en')} tokens`;
      stream.write(`\r\u001b[2K${text.slice(0, stream.columns - 1)}`);
    },
    end() {
      if (isDrawn) stream.write('\n');
    },
  };
}
