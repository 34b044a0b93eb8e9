/** True when the text shows that the model reasoned, whether or not the source splits it off. */
export function showsReasoning(reasoning: string | null, output: string | null): boolean {
  return (reasoning !== null && reasoning.trim() !== '') || (output?.includes('</think>') ?? false);
}

/** Runners write 0 for "not counted": beside visible reasoning a zero is unknown. */
export function toReasoningTokens(count: number | null, isReasoningShown: boolean): number | null {
  return count === 0 && isReasoningShown ? null : count;
}
