/** `unknown` is an answer: what can't be decided is neither accepted nor called wrong. */
export interface Judgement {
  readonly result: 'equal' | 'different' | 'unknown';
  /** The step that decided, as a sentence for the reader of an explanation. */
  readonly step: string;
}

export function equal(step: string): Judgement {
  return { result: 'equal', step };
}

export function different(step: string): Judgement {
  return { result: 'different', step };
}

/** Lists of two lengths. */
export function differentCount(expected: number, given: number): Judgement {
  const values = expected === 1 ? 'one value is' : `${expected} values are`;
  return different(`${values} expected, ${given} given`);
}

export function unknown(step: string): Judgement {
  return { result: 'unknown', step };
}

/** Equal when all of `count` parts are equal, different as soon as one is, else unknown. */
export function all(count: number, judge: (index: number) => Judgement, step: string): Judgement {
  let doubt: Judgement | null = null;
  for (let index = 0; index < count; index += 1) {
    const judgement = judge(index);
    if (judgement.result === 'different') return judgement;
    if (judgement.result === 'unknown') doubt ??= judgement;
  }
  return doubt ?? equal(step);
}

/** The first judgement that accepts; else the doubt, if there is one; else the first refusal. */
export function any(judgements: Iterable<Judgement>): Judgement {
  let refusal: Judgement | null = null;
  let doubt: Judgement | null = null;
  for (const judgement of judgements) {
    if (judgement.result === 'equal') return judgement;
    if (judgement.result === 'unknown') doubt ??= judgement;
    else refusal ??= judgement;
  }
  return doubt ?? refusal ?? unknown('there was nothing to compare');
}
