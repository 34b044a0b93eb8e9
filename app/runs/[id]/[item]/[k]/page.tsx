import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { Badge } from '#app/_ui/badge.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { db } from '#lib/db/client.ts';
import { findRun } from '#lib/db/runs.ts';
import { findSample } from '#lib/db/sample.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import type { Sample } from '#lib/schemas/sample.ts';
import { SampleDifference } from '../../../sample-difference.client.tsx';
import { SampleKeys } from '../../../sample-keys.client.tsx';
import { sampleAddress } from '../../../sample-query.ts';
import { SiblingList } from '../../../sibling-list.tsx';
import { TraceReader, type ReaderPart } from '../../../trace-reader.client.tsx';
import { Transcript } from '../../../transcript.tsx';
import { VerdictPanel } from '../../../verdict-panel.tsx';

interface SamplePageProps {
  params: Promise<{ id: string; item: string; k: string }>;
}

const readPage = cache(async (id: string, itemKey: string, k: string) => {
  if (!Uuid.safeParse(id).success || !/^\d{1,7}$/.test(k)) return null;
  const viewer = await pageViewer();
  const [run, scope] = await Promise.all([
    findRun(db(), { id }, viewer),
    findSampleScope(db(), id, viewer),
  ]);
  if (run === null || scope === null) return null;
  const sample = await findSample(db(), scope, { itemKey, sampleIndex: Number(k) });
  return sample === null ? null : { run, sample };
});

/** Pages get the segment as it stands in the address. */
async function readParams(params: SamplePageProps['params']) {
  const { id, item, k } = await params;
  try {
    return await readPage(id, decodeURIComponent(item), k);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

export async function generateMetadata({ params }: SamplePageProps): Promise<Metadata> {
  const page = await readParams(params);
  return page === null
    ? {}
    : { title: `${page.sample.itemKey} #${page.sample.sampleIndex} · ${page.run.label}` };
}

export default async function SamplePage({ params }: SamplePageProps) {
  const page = await readParams(params);
  if (page === null) notFound();
  const { run, sample } = page;
  const { reasoning, answer, previous, next } = sample;
  const parts = toParts(sample);
  return (
    <>
      <PageHeader
        title={
          <>
            {sample.itemKey} <span className="font-normal text-muted">#{sample.sampleIndex}</span>
          </>
        }
        facts={
          <>
            <Link href={`/runs/${run.id}`} className="underline">
              {run.label}
            </Link>
            <span>{run.model.name}</span>
            <span>{run.benchmark.title}</span>
            {sample.item.difficulty !== null && <Badge>{sample.item.difficulty}</Badge>}
            {Object.entries(sample.item.groups).map(([name, value]) => (
              <Badge key={name}>{value}</Badge>
            ))}
          </>
        }
        actions={
          <SampleKeys
            previous={previous && sampleAddress(run.id, previous)}
            next={next && sampleAddress(run.id, next)}
          />
        }
      />
      <SiblingList sample={sample} />
      <div className="grid gap-8 pt-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6 max-lg:order-2">
          <Part name="Prompt" note="">
            {sample.item.prompt === null ? (
              <p className="text-muted">The file did not say what was asked.</p>
            ) : (
              <Transcript text={sample.item.prompt} />
            )}
            {sample.item.choices !== null && (
              <ol className="list-[upper-alpha] pt-2 pl-5">
                {sample.item.choices.map((choice) => (
                  <li key={choice}>{choice}</li>
                ))}
              </ol>
            )}
          </Part>
          <SampleDifference
            place={{ runId: run.id, itemKey: sample.itemKey, sampleIndex: sample.sampleIndex }}
            own={{
              label: run.label,
              outcome: sample.outcome,
              extracted: sample.verdicts.find((one) => one.isDefault)?.extracted ?? null,
              tokens: sample.tokens.at(-1)?.output ?? null,
              answer: answer?.text ?? null,
            }}
          />
          {parts.length > 0 && (
            <TraceReader
              // Another sample is another reading: its folds and places are its own.
              key={`${sample.itemKey} ${String(sample.sampleIndex)}`}
              place={{ runId: run.id, itemKey: sample.itemKey, sampleIndex: sample.sampleIndex }}
              parts={parts}
              outcome={sample.outcome}
            />
          )}
          {(answer === null || answer.text.trim() === '') && (
            <Part name={reasoning === null ? 'Output' : 'Answer'} note="">
              <p className="text-muted">
                {answer === null
                  ? 'No text is stored.'
                  : 'Nothing was written after the reasoning.'}
              </p>
            </Part>
          )}
        </div>
        <VerdictPanel sample={sample} />
      </div>
    </>
  );
}

function Part({ name, note, children }: { name: string; note: string; children: React.ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2 border-t border-hair pt-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-base">{name}</h2>
        <p className="text-xs text-muted">{note}</p>
      </div>
      <div className="max-w-[100ch]">{children}</div>
    </section>
  );
}

function toParts({ reasoning, answer, split, isReasoningClosed }: Sample): ReaderPart[] {
  const parted = split === 'source' ? 'parted by the source' : 'parted at its markers';
  const parts: ReaderPart[] = [];
  if (reasoning !== null) {
    const note = isReasoningClosed ? parted : `${parted}, never closed`;
    parts.push({ name: 'reasoning', title: 'Reasoning', note, text: reasoning.text });
  }
  if (answer !== null && answer.text.trim() !== '') {
    const title = reasoning === null ? 'Output' : 'Answer';
    parts.push({ name: 'answer', title, note: '', text: answer.text });
  }
  return parts;
}
