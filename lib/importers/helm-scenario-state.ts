import { toAttempt, toTexts } from './fields/attempt.ts';
import { toFinishReason } from './fields/finish-reason.ts';
import {
  isRowRecord,
  pickFields,
  pickParams,
  toFields,
  toLabel,
  toList,
  toRowRecord,
  toText,
  type RowRecord,
} from './fields/row-record.ts';
import { RowError, type ImportedItem, type Importer } from './importer.ts';

/** `scenario_state.json` of a HELM run: what was asked, and all completions. */
export const helmScenarioState: Importer = {
  id: 'helm-scenario-state',
  version: 1,
  label: 'HELM scenario state',
  description:
    'One document with adapter_spec and request_states[]; perturbed copies of an instance are left out.',
  unknowns: [
    'Scores: they stand in per_instance_stats.json.',
    'Token counts, when completions carry no tokens[].',
    'Which of several right references is the best.',
    'Outputs of runs with a request for each choice: these compare log-probabilities.',
  ],
  layout: { document: [['request_states', '*']] },

  recognise({ document }) {
    const fits =
      isRowRecord(document) && 'adapter_spec' in document && 'request_states' in document;
    return fits ? 'matched on adapter_spec and request_states' : null;
  },

  hints({ name, document }) {
    const spec = toFields(toFields(document).adapter_spec);
    const folder = name.split(/[/\\]/).at(-2) ?? '';
    const scenario = /^(?<scenario>[\w-]+)(?=[:,-]\w+=)/.exec(folder)?.groups?.scenario ?? null;
    return {
      benchmark: scenario?.replace(/[:,-]model$/, '') ?? null,
      split: null,
      model: toLabel(spec.model),
      params: pickParams(spec, ['temperature', 'max_tokens', 'num_outputs', 'max_train_instances']),
    };
  },

  parseRow(row, { memory }) {
    const state = toRowRecord(row);
    const instance = toFields(state.instance);
    const prompt = toText(toFields(instance.input).text);
    const key = toLabel(instance.id, 512);
    if (key === null && prompt === null) {
      throw new RowError('missing_question', 'The state has no instance.', {
        pointer: '/instance',
      });
    }
    if (isRowRecord(instance.perturbation)) return [];
    if (typeof state.reference_index === 'number') {
      throw new RowError('not_an_output', 'The state scores one choice and holds no output.', {
        pointer: '/reference_index',
        hint: 'Runs with a request for each choice compare log-probabilities; use the joint method.',
      });
    }
    const item = readItem(instance, key, prompt);
    const result = toFields(state.result);
    const earlier = memory.occurrence(key, prompt);
    if (result.success === false) {
      const error = {
        code: 'request_failed',
        message: toLabel(result.error) ?? 'The request failed.',
      };
      return [toAttempt({ item, sampleIndex: earlier, error })];
    }
    const completions = toList(result.completions);
    if (completions.length === 0) {
      throw new RowError('missing_outputs', 'The result has no completions.', {
        pointer: '/result/completions',
      });
    }
    const extras = pickFields(state, ['train_trial_index', 'prompt_truncated']);
    return completions.map((value, position) => {
      const completion = toFields(value);
      const tokens = toList(completion.tokens).length;
      const logprob = completion.logprob;
      return toAttempt({
        item,
        sampleIndex: earlier * completions.length + position,
        ...toTexts(toText(completion.text), toText(toFields(completion.thinking).text)),
        tokens: tokens === 0 ? {} : { output: tokens, source: 'runner' },
        finishReason: toFinishReason(toFields(completion.finish_reason).reason),
        signals: typeof logprob === 'number' ? { logprob } : {},
        extras,
      });
    });
  },
};

function readItem(instance: RowRecord, key: string | null, prompt: string | null): ImportedItem {
  const references = toList(instance.references).filter(isRowRecord);
  const right = references.find(({ tags }) => toList(tags).includes('correct'));
  const texts = references.map(({ output }) => toText(toFields(output).text) ?? '');
  const isChoice =
    references.length > 1 && right !== undefined && texts.length > toRight(references);
  const split = toLabel(instance.split, 256);
  return {
    key,
    prompt,
    gold: toLabel(toFields(right?.output).text),
    choices: isChoice ? texts : null,
    difficulty: null,
    groups: split === null ? {} : { split },
  };
}

/** How many references are right: when all are, they are wordings of one answer and no choices. */
function toRight(references: readonly RowRecord[]): number {
  return references.filter(({ tags }) => toList(tags).includes('correct')).length;
}
