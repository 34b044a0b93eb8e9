import { AppError } from '#lib/errors.ts';
import { findRunId } from '../run-choice.ts';
import { factsOfRuns, OneRun } from './run-query.ts';
import type { FigureView } from './view.ts';

/** The three ways in which a trace wastes tokens, over all items and by how hard they are. */
export const runBands: FigureView<OneRun> = {
  id: 'run-bands',
  label: 'Redundancy by difficulty',
  description: 'Redundant content, overthinking and underthinking of a run by band of difficulty.',
  query: OneRun,
  example: { run: { benchmark: 'laconic-demo', label: 'search-unlimited' } },
  async read({ run }, sources) {
    const id = await findRunId(run, sources);
    const { rows, bandedBy, tokenizer } = await sources.bands(id);
    if (rows.length === 0)
      throw new AppError('unprocessable', 'No text of this run is measured for redundancy.');
    const subject = 'Redundancy by difficulty';
    const facts = await factsOfRuns(
      [id],
      { subject, notes: [`Difficulty: ${bandedBy}.`] },
      sources,
    );
    return {
      facts: { ...facts, lengths: tokenizer === null ? null : `tokens counted with ${tokenizer}` },
      columns: {
        band: { label: 'Items', unit: 'text' },
        items: { label: 'n', unit: 'number' },
        accuracy: { label: 'Accuracy (%)', unit: 'fraction', decimals: 1 },
        tokens: { label: 'Tokens', unit: 'tokens' },
        repeated: { label: 'Repeated steps (% of text)', unit: 'fraction', decimals: 1 },
        restated: { label: 'Question again (%)', unit: 'fraction', decimals: 1 },
        after: { label: 'After the answer (%)', unit: 'fraction', decimals: 1 },
        after_tokens: { label: 'Tokens after it', unit: 'tokens' },
        left: { label: 'Right answer left (%)', unit: 'fraction', decimals: 1 },
        switches: { label: 'Switches/1k, wrong', unit: 'number', decimals: 1 },
      },
      rows: rows.map(({ redundant, overthinking, underthinking, ...row }) => ({
        ...{ band: row.band, items: row.items, accuracy: row.accuracy, tokens: row.tokensMean },
        ...{ repeated: redundant.repeatedStepShare, restated: redundant.restatedShare },
        ...{ after: overthinking.afterShare, after_tokens: overthinking.afterTokensMean },
        left: underthinking.leftAnswerShare,
        switches: underthinking.switchesPer1kWrong,
      })),
    };
  },
};
