import { CopyLine } from '#app/_ui/copy-button.client.tsx';
import { ButtonLink } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';

/** A board without runs says how to put the first one on it. */
export function EmptyBoard() {
  return (
    <>
      <PageHeader title="Who is most accurate for the tokens spent?" />
      <EmptyState
        title="No run is on this board yet"
        action={<ButtonLink href="/submit">Submit in the browser</ButtonLink>}
      >
        <p className="mb-3">
          A results file that carries its reference answers makes its own benchmark. With a token
          from the admin page:
        </p>
        <CopyLine text="npx laconic submit results.jsonl --benchmark my-benchmark --model my-model" />
      </EmptyState>
    </>
  );
}
