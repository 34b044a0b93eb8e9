import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { listMethods } from '#lib/db/catalogue.ts';
import { db } from '#lib/db/client.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { MethodCatalogue } from './method-catalogue.client.tsx';

export const metadata: Metadata = { title: 'Methods' };

export default async function MethodsPage() {
  const { methods } = await listMethods(db(), await pageViewer());
  return (
    <>
      <PageHeader
        title="Which ways are there to reason with fewer tokens?"
        lead={`${methods.length} methods and benchmarks by where in the life of a model they act, with their papers.`}
      />
      <MethodCatalogue methods={methods} />
    </>
  );
}
