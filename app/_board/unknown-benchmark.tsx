import { ButtonLink } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';

export function UnknownBenchmark({ name }: { name: string | null }) {
  return (
    <>
      <PageHeader title="This benchmark is not here" />
      <EmptyState
        title={
          name === null
            ? 'No benchmark is public yet.'
            : `“${name}” is unknown, or it is not public.`
        }
        action={<ButtonLink href="/">Open the first board</ButtonLink>}
      >
        <p>The address may be from another server, or the benchmark was unlisted.</p>
      </EmptyState>
    </>
  );
}
