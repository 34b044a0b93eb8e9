import { createHash } from 'node:crypto';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import type { ResampledFront } from '#lib/analysis/resample-front.ts';
import type { SeriesTests } from '#lib/analysis/series-tests.ts';
import type { RunReport } from '#lib/analysis/run-report.ts';
import type { MetricValue } from '#lib/metrics/reduction/compute.ts';
import type {
  AnalysisRequest,
  AnalysisResult,
  BoardRequest,
  ComparisonResult,
  Curves,
  CurvesRequest,
  FromAnalysisThread,
  FrontRequest,
  PoolRequest,
  SeriesRequest,
} from './analysis-protocol.ts';

const KEPT = 200;
const WAIT_MS = 60_000;
/** A page can wait for a few before it; a queue without end would only time out. */
const MAX_WAITING = 32;

interface Waiting {
  resolve: (result: AnalysisResult) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** One thread that analyses, and what it has found, by the version of the data. */
class AnalysisThread {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private readonly known = new Map<string, Promise<AnalysisResult>>();
  private next = 0;

  /** The same question over the same data is answered from memory, and asked once at a time. */
  ask(request: AnalysisRequest): Promise<AnalysisResult> {
    const key = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const asked = this.send(request);
    this.known.set(key, asked);
    asked.catch(() => this.known.delete(key));
    const oldest = this.known.keys().next().value;
    if (this.known.size > KEPT && oldest !== undefined) this.known.delete(oldest);
    return asked;
  }

  /** Starts what the first question would have to wait for. */
  warm(): void {
    this.worker ??= this.start();
  }

  private send(request: AnalysisRequest): Promise<AnalysisResult> {
    if (this.waiting.size >= MAX_WAITING) {
      const error = new AppError('unavailable', 'Too many analyses wait. Try again in 5 s.', {
        retryAfterSeconds: 5,
      });
      return Promise.reject(error);
    }
    const worker = (this.worker ??= this.start());
    const id = (this.next += 1);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.fail(new AppError('unavailable', 'The analysis took longer than a minute.'));
        void worker.terminate();
      }, WAIT_MS);
      this.waiting.set(id, { resolve, reject, timer });
      worker.ref();
      worker.postMessage({ id, request });
    });
  }

  private start(): Worker {
    // By its path and outside the bundle of the web pages: Node runs the file as it is.
    const worker = new Worker(
      path.join(/* turbopackIgnore: true */ ROOT, 'lib', 'jobs', 'analysis-thread.ts'),
      { resourceLimits: { maxOldGenerationSizeMb: 2_048 } },
    );
    worker.on('message', (message: FromAnalysisThread) => {
      const one = this.waiting.get(message.id);
      if (one === undefined) return;
      this.waiting.delete(message.id);
      clearTimeout(one.timer);
      if (this.waiting.size === 0) worker.unref();
      if ('result' in message) one.resolve(message.result);
      else one.reject(toError(message.error));
    });
    const end = (error: Error) => {
      if (this.worker === worker) this.worker = null;
      this.fail(error);
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('The thread that analyses ended.')));
    worker.unref();
    return worker;
  }

  private fail(error: Error): void {
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.waiting.clear();
    this.worker = null;
  }
}

function toError({ code, message }: { code: AppError['code'] | null; message: string }): Error {
  return code === null ? new Error(message) : new AppError(code, message);
}

const holder = globalThis as typeof globalThis & { laconicAnalysis?: AnalysisThread };

/** One thread a process, kept where the development server finds it again. */
function thread(): AnalysisThread {
  holder.laconicAnalysis ??= new AnalysisThread();
  return holder.laconicAnalysis;
}

/** Loading the thread takes 1.2 s (two cores, November 2026): whoever calls this early spares the first reader the wait. */
export function warmAnalysis(): void {
  thread().warm();
}

export async function analyseComparison(
  request: Extract<AnalysisRequest, { kind: 'compare' }>,
): Promise<ComparisonResult> {
  // The thread answers in kind.
  return (await thread().ask(request)) as ComparisonResult;
}

export async function analyseReport(
  request: Extract<AnalysisRequest, { kind: 'report' }>,
): Promise<RunReport> {
  return (await thread().ask(request)) as RunReport;
}

export async function analyseFront(request: FrontRequest): Promise<ResampledFront> {
  return (await thread().ask(request)) as ResampledFront;
}

export async function analyseSeries(request: SeriesRequest): Promise<SeriesTests> {
  return (await thread().ask(request)) as SeriesTests;
}

export async function analyseCurves(request: CurvesRequest | PoolRequest): Promise<Curves> {
  return (await thread().ask(request)) as Curves;
}

export async function analyseBoard(request: BoardRequest): Promise<MetricValue[]> {
  return (await thread().ask(request)) as MetricValue[];
}
