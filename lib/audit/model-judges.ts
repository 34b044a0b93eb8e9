import type { VerifierFacts } from './verifier-facts.ts';
import { JUDGE_PROMPT_VERSION } from './judge-prompt.ts';

const SERVICE =
  'an OpenAI-compatible server (`LACONIC_JUDGE_URL`, `LACONIC_JUDGE_MODEL`), or its verdicts from elsewhere as a file';

/**
 * The judges behind `laconic audit --judge`, as lists of verifiers name them. They ask a server, so their verdicts are no
 * function of their input, and they are none of the registry; the version is that of the prompt.
 */
export const MODEL_JUDGES: readonly VerifierFacts[] = [
  {
    id: 'model-judge',
    version: Number(JUDGE_PROMPT_VERSION),
    label: 'Model as the judge',
    description:
      'A model is asked whether the end of the response states the reference. Only a last line that is exactly a verdict counts; without an answer there is no verdict.',
    needs: {
      reference: 'any text',
      otherReference: null,
      response: 'any text; its last 2,000 characters are shown',
      question: 'shown to the model',
      choices: 'shown to the model',
      service: SERVICE,
    },
    policy: {},
    values: {},
  },
  {
    id: 'hybrid',
    version: Number(JUDGE_PROMPT_VERSION),
    label: 'Rule, then model',
    description:
      'The verdict of a rule; a model is asked only about an answer that the rule found and did not accept, and not where both sides are plain numbers. It adds acceptances and takes none away.',
    needs: {
      reference: 'what its rule needs',
      otherReference: null,
      response: 'what its rule needs: without an extracted answer no model is asked',
      question: 'shown to the model',
      choices: 'as its rule reads them, and shown to the model',
      service: SERVICE,
    },
    policy: {},
    values: {},
  },
];
