/** After the first pages, which need the processor more. */
const IDLE_MS = 2_000;

/** The web server calls it once as it starts, and waits for it: what is started here is started later. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { warmAnalysis } = await import('#lib/jobs/analysis-pool.ts');
  setTimeout(warmAnalysis, IDLE_MS).unref();
}
