import { parseArgs } from 'node:util';
import { labelBehaviours } from '#lib/judge/behaviour-run.ts';
import { judgeSettings } from '#lib/judge/judge-settings.ts';
import { JUDGE_BOUNDS } from '#lib/judge/model-judge.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { withModel } from '../audit/model-column.ts';
import { print } from '../audit/print-report.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../run-script.ts';

export const command: Command = {
  summary: 'Ask a model which cognitive behaviours a run shows',
  usage: `Usage: laconic behaviours RUN [--endpoint URL] [--model NAME] [--json]

Asks an OpenAI-compatible model about every response of a stored run that it has not labelled yet. What it was asked and
what it said is kept in the database, so that an interrupted run goes on where it was; what was used is told at the end.

  --endpoint URL        up to and without /chat/completions (default: LACONIC_JUDGE_URL); LACONIC_JUDGE_ALLOW names
                        origins that may be private, LACONIC_JUDGE_KEY is the key
  --model NAME          default: LACONIC_JUDGE_MODEL
  --judge-requests N    how many requests may be sent (default: ${String(JUDGE_BOUNDS.maxRequests)})
  --judge-cost USD      what may be spent; needs LACONIC_JUDGE_PRICE_IN and LACONIC_JUDGE_PRICE_OUT

Exit code: 0, or 1 when questions got no answer.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        endpoint: { type: 'string' },
        model: { type: 'string' },
        json: { type: 'boolean', default: false },
        'judge-requests': { type: 'string', default: String(JUDGE_BOUNDS.maxRequests) },
        'judge-cost': { type: 'string' },
      },
    });
    const id = Uuid.safeParse(positionals[0]);
    if (!id.success || positionals.length > 1)
      throw new UsageError('behaviours takes the id of one run.');
    if (values.endpoint !== undefined) process.env.LACONIC_JUDGE_URL = values.endpoint;
    if (values.model !== undefined) process.env.LACONIC_JUDGE_MODEL = values.model;
    if (judgeSettings() === null)
      throw new UsageError('behaviours needs --endpoint and --model, or LACONIC_JUDGE_URL.');
    return withModel(values, async (model, db) => {
      const report = await labelBehaviours(db, id.data, model);
      print(values.json ? report : `${describe(report)}\n`);
    });
  },
};

function describe({ sources }: Awaited<ReturnType<typeof labelBehaviours>>): string {
  const percent = (share: number | null) =>
    share === null ? '—' : `${(100 * share).toFixed(1)} %`;
  return sources
    .map(({ source, labelled, unreadable, ratios }) =>
      [
        `${source}: ${String(labelled)} labelled, ${String(unreadable)} unreadable`,
        ...ratios.map(
          (one) =>
            `  ${one.behaviour.padEnd(18)} ${percent(one.shareOfResponses)} of responses, ${percent(one.shareOfBehaviours)} of behaviours`,
        ),
      ].join('\n'),
    )
    .join('\n');
}
