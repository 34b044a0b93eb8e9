/** How a policy is called in the key of a verdict: `default`, or its differences as JSON with sorted names. */
export function policyKey(policy: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(policy).sort();
  if (names.length === 0) return 'default';
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, policy[name]])));
}

/** The other way round. */
export function readPolicyKey(key: string): Record<string, unknown> {
  return key === 'default' ? {} : (JSON.parse(key) as Record<string, unknown>);
}
