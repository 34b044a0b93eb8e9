import Link from 'next/link';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { formatCount } from '#app/_ui/number-format.ts';
import type { Sample } from '#lib/schemas/sample.ts';
import { sampleAddress } from './sample-query.ts';

/** The other samples of the same item. */
export function SiblingList({ sample }: { sample: Sample }) {
  if (sample.siblings.length < 2) return null;
  return (
    <nav aria-label="Samples of this item" className="flex flex-wrap gap-1.5">
      {sample.siblings.map((sibling) => (
        <Link
          key={sibling.sampleIndex}
          href={sampleAddress(sample.runId, { ...sample, sampleIndex: sibling.sampleIndex })}
          prefetch={false}
          aria-current={sibling.sampleIndex === sample.sampleIndex ? 'page' : undefined}
          className="flex h-8 items-center gap-2 rounded-[5px] border border-hair px-2.5 text-xs no-underline hover:border-firm aria-[current=page]:border-ink aria-[current=page]:font-medium"
        >
          <span className="text-muted">#{sibling.sampleIndex}</span>
          <OutcomeMark outcome={sibling.outcome} />
          <span>{formatCount(sibling.tokens)}</span>
        </Link>
      ))}
    </nav>
  );
}
