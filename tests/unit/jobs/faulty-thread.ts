import { parentPort } from 'node:worker_threads';
import type { FromThread, ToThread } from '#lib/jobs/scoring-protocol.ts';

/** Speaks the protocol and does what the gold of an attempt says: a stand-in for a verifier with faults. */
parentPort?.on('message', ({ attempts }: ToThread) => {
  post({ kind: 'ready' });
  for (const { index, attempt } of attempts) {
    if (attempt.gold === 'crash while measuring') throw new Error('measured to death');
    post({ kind: 'measured', index, tokens: null, trace: null });
    misbehave(attempt.gold);
    post({
      kind: 'verdict',
      index,
      verdict: { status: 'correct', extracted: attempt.gold, reason: null },
    });
    misbehave(attempt.gold?.replace('after the verdict: ', '') ?? null);
    post({ kind: 'answers', index, answers: null });
  }
  post({ kind: 'finished' });
});

function misbehave(gold: string | null): void {
  if (gold === 'crash') throw new Error('the verifier is broken');
  if (gold === 'exit') process.exit(7);
  while (gold === 'hang');
  if (gold !== 'memory') return;
  const held: number[][] = [];
  for (;;) held.push(Array.from({ length: 100_000 }, (_, index) => index));
}

function post(message: FromThread): void {
  parentPort?.postMessage(message);
}
