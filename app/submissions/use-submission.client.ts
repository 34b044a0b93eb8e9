'use client';

import { useEffect, useState } from 'react';
import { Submission, type SubmissionState } from '#lib/schemas/submission.ts';

const FINAL: readonly SubmissionState[] = ['done', 'failed', 'cancelled', 'withdrawn'];
/** EventSource connects again by itself; after so many failures in a row a proxy in between forbids streams. */
const FAILURES_BEFORE_POLLING = 3;
const POLL_MS = 2_000;

export function isFinal(state: SubmissionState): boolean {
  return FINAL.includes(state);
}

/** The submission as it changes: by server-sent events, or by asking again where those do not come through. */
export function useSubmission(initial: Submission): { submission: Submission; isLive: boolean } {
  const [latest, setLatest] = useState(initial);
  const [isLive, setIsLive] = useState(false);
  // The page may have been read anew, after a retry for example; the higher sequence is the newer one.
  const submission = initial.sequence > latest.sequence ? initial : latest;
  const hasEnded = isFinal(submission.state);
  const { id } = initial;

  useEffect(() => {
    if (hasEnded) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const show = (text: string) => {
      failures = 0;
      setIsLive(true);
      setLatest(Submission.parse(JSON.parse(text)));
    };
    const poll = async () => {
      try {
        const response = await fetch(`/api/v1/submissions/${id}`);
        if (response.ok) show(await response.text());
      } catch {
        // The server is away for a moment: what is shown stays, and the next question comes soon.
        setIsLive(false);
      }
      timer = setTimeout(() => void poll(), POLL_MS);
    };
    const source = new EventSource(`/api/v1/submissions/${id}/events`);
    source.addEventListener('submission', (event: MessageEvent<string>) => show(event.data));
    source.addEventListener('end', () => source.close());
    source.addEventListener('error', () => {
      setIsLive(false);
      failures += 1;
      const isRefused = source.readyState === EventSource.CLOSED;
      if (failures < FAILURES_BEFORE_POLLING && !isRefused) return;
      source.close();
      timer ??= setTimeout(() => void poll(), 0);
    });
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [id, hasEnded]);

  return { submission, isLive: isLive && !hasEnded };
}
