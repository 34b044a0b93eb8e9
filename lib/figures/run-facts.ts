import type { Run } from '#lib/schemas/run.ts';
import { describeDecodings } from './board-facts.ts';
import { distinctKnown, type FigureFacts } from './figure-data.ts';

/** What a caption says of runs. */
export function runFacts(runs: readonly Run[], subject: string): FigureFacts {
  const benchmarks = new Map(
    runs.map(({ benchmark, figures }) => [
      benchmark.id,
      {
        name: benchmark.name,
        items: figures?.itemCount ?? null,
        samplesPerItem: distinctKnown(
          runs
            .filter((run) => run.benchmark.id === benchmark.id)
            .map((run) => run.figures?.samplesPerItem ?? null),
        ),
      },
    ]),
  );
  return {
    subject: `${subject}, on ${[...benchmarks.values()].map(({ name }) => name).join(', ')}`,
    benchmarks: [...benchmarks.values()],
    decoding: describeDecodings(runs.map(({ decoding }) => decoding)),
    verifiers: distinctKnown(
      runs.map(({ verifier }) => (verifier === null ? null : `${verifier.id}@${verifier.version}`)),
    ),
    lengths: distinctKnown(runs.map(({ lengthLabel }) => lengthLabel)).join('; ') || null,
    intervals: [],
    citations: distinctKnown(
      runs.map(({ citation }) => (citation?.arxiv == null ? null : `arXiv:${citation.arxiv}`)),
    ),
    notes: [],
  };
}
