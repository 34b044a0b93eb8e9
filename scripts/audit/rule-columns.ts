import { verifiers } from '#lib/verifiers/index.ts';
import { parsePolicy } from '#lib/verifiers/parse-policy.ts';
import type { VerdictPlan } from '#lib/judge/verdict-pool.ts';
import { parseKeyValues } from '../key-values.ts';
import { UsageError } from '../run-script.ts';

export interface RuleColumn {
  label: string;
  plan: VerdictPlan;
}

/** `math:rounding=gold-places,string` is two judges. */
export function parseColumns(list: string | undefined): RuleColumn[] {
  const wanted = list?.split(',') ?? verifiers.all.map(({ id }) => id);
  return wanted.map((label) => {
    const [id = '', ...switches] = label.split(':');
    if (!verifiers.has(id)) {
      const known = verifiers.all.map((verifier) => verifier.id).join(', ');
      throw new UsageError(`There is no verifier "${id}". Known: ${known}.`);
    }
    const pairs = switches.length === 0 ? [] : switches.join(':').split('+');
    const policy = parseKeyValues('verifiers', pairs);
    parsePolicy(verifiers.get(id), policy);
    return { label, plan: { verifier: id, policy } };
  });
}
