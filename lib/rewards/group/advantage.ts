export interface AdvantageOptions {
  /** `deviation` divides by the group's standard deviation as GRPO does, `none` as Dr. GRPO. */
  scale: 'deviation' | 'none';
}

/**
 * What each sample of a group gains over the group's mean (GRPO, arXiv 2402.03300, section 4.1: sample deviation with 10⁻⁶
 * added, as verl computes it; Dr. GRPO, arXiv 2503.20783, leaves the deviation out). Null stays null and counts nowhere; a
 * group of one, or of equal rewards, has no advantage.
 */
export function groupAdvantages(
  rewards: readonly (number | null)[],
  { scale }: AdvantageOptions = { scale: 'deviation' },
): (number | null)[] {
  const known = rewards.filter((reward) => reward !== null);
  if (known.length === 0) return rewards.map(() => null);
  const mean = known.reduce((sum, reward) => sum + reward, 0) / known.length;
  const squares = known.reduce((sum, reward) => sum + (reward - mean) ** 2, 0);
  const deviation = known.length < 2 ? 0 : Math.sqrt(squares / (known.length - 1));
  return rewards.map((reward) => {
    if (reward === null) return null;
    // Equal rewards differ from their mean by rounding only, which must not be blown up.
    if (deviation < 1e-12) return 0;
    return scale === 'none' ? reward - mean : (reward - mean) / (deviation + 1e-6);
  });
}
