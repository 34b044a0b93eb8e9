/** The length columns of a run. Visible text is no measure of a trace that the source hides or summarises. */
export function lengthColumns(
  run: { hasText: boolean; hasReportedTokens: boolean; tokenizer: string },
  trace: string,
): string[] {
  const canCount = run.hasText && trace !== 'hidden' && trace !== 'summary';
  const columns = canCount ? [run.tokenizer] : [];
  return run.hasReportedTokens || !canCount ? ['reported', ...columns] : columns;
}
