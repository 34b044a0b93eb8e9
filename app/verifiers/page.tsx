import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CopyLine } from '#app/_ui/copy-button.client.tsx';
import { PageHeader, Section } from '#app/_ui/page-header.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { attacks } from '#lib/audit/attacks/index.ts';
import { MODEL_JUDGES } from '#lib/audit/model-judges.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { AttackMap } from './attack-map.tsx';
import { BoardGradings } from './board-gradings.tsx';
import { liveExamples } from './live-audit.ts';
import { switchesOf } from './policy-switches.ts';
import { TryIt } from './try-it.client.tsx';
import { ModelJudgeEntry, VerifierEntry } from './verifier-entry.tsx';

export const metadata: Metadata = { title: 'Verifiers' };

interface VerifiersPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function VerifiersPage({ searchParams }: VerifiersPageProps) {
  const { benchmark } = await searchParams;
  const tried = verifiers.all.map((verifier) => ({
    id: verifier.id,
    label: verifier.label,
    switches: switchesOf(verifier),
  }));
  return (
    <>
      <PageHeader
        title="Who decides what is right, and can they be fooled?"
        lead={`${verifiers.all.length} verifiers by rule, each with its conventions as data, its examples judged live, and its answer to ${attacks.all.length} kinds of attack.`}
      />
      <Section title="Try one">
        <TryIt verifiers={tried} preset="math" />
      </Section>
      <Suspense fallback={<TableSkeleton rows={attacks.all.length} />}>
        <AttackMap />
      </Suspense>
      <Suspense fallback={<TableSkeleton rows={6} />}>
        <BoardGradings benchmark={typeof benchmark === 'string' ? benchmark : undefined} />
      </Suspense>
      <Section
        title="What does each accept, and what does it need?"
        aside="examples are judged when this server starts"
      >
        <Suspense fallback={<TableSkeleton rows={verifiers.all.length} />}>
          <VerifierList />
        </Suspense>
      </Section>
      <Section title="Measure them on cases of your own">
        <p className="max-w-prose text-sm text-muted">
          Any JSONL with a reference, a response and a label gives precision, recall and F1 with
          their intervals, by data set, kind and model, with every false accept and every refusal.
        </p>
        <CopyLine text="npx laconic audit cases.jsonl --disagreements faults.jsonl" />
        <CopyLine text="npx laconic audit --attacks --golds golds.jsonl" />
      </Section>
    </>
  );
}

async function VerifierList() {
  const examples = await liveExamples();
  return (
    <div>
      {verifiers.all.map((verifier) => (
        <VerifierEntry
          key={verifier.id}
          verifier={verifier}
          examples={examples.get(verifier.id) ?? []}
        />
      ))}
      {MODEL_JUDGES.map((judge) => (
        <ModelJudgeEntry key={judge.id} judge={judge} />
      ))}
    </div>
  );
}
