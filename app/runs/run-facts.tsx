import Link from 'next/link';
import { TrustBadge } from '#app/_ui/trust-badge.tsx';
import { Badge } from '#app/_ui/badge.tsx';
import type { Run } from '#lib/schemas/run.ts';

/** Who, on what, judged by what, counted by whom. */
export function RunFacts({ run }: { run: Run }) {
  const { benchmark } = run;
  const board = new URLSearchParams({
    benchmark: `${benchmark.name}@${benchmark.version}`,
    split: benchmark.split,
  });
  return (
    <>
      <span>{run.model.name}</span>
      {run.model.isProgram && <Badge>program, not a model</Badge>}
      {run.method !== null && run.method.name !== run.label && <span>{run.method.name}</span>}
      <Link href={`/?${board.toString()}`} className="underline">
        {benchmark.title} @{benchmark.version}
      </Link>
      {run.family !== null &&
        Object.values(run.params).some((value) => typeof value === 'number') && (
          <Link href={`/series?${seriesOf(run)}`} className="underline">
            {run.family} over its parameter
          </Link>
        )}
      <TrustBadge trust={run.trust} />
      {run.visibility !== 'public' && <Badge tone="accent">{run.visibility}</Badge>}
      {run.state === 'withdrawn' && <Badge tone="bad">withdrawn</Badge>}
      {run.verifier !== null && (
        <span>
          judged by {run.verifier.id}@{run.verifier.version}
          {run.verifier.policy !== 'default' && ` (${run.verifier.policy})`}
        </span>
      )}
      <span>{run.lengthLabel}</span>
      {run.citation?.arxiv != null && (
        <a
          href={`https://arxiv.org/abs/${encodeURIComponent(run.citation.arxiv)}`}
          rel="noreferrer"
          className="underline"
        >
          arXiv {run.citation.arxiv}
        </a>
      )}
      {Object.entries({ ...run.params, ...run.decoding })
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <code key={name} className="font-mono text-xs">
            {name}={typeof value === 'string' ? value : JSON.stringify(value)}
          </code>
        ))}
    </>
  );
}

function seriesOf({ benchmark, family, model }: Run): string {
  return new URLSearchParams({
    benchmark: benchmark.id,
    family: family ?? '',
    model: model.name,
  }).toString();
}
