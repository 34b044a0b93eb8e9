import type { SubmissionState } from '#lib/schemas/submission.ts';
import { Badge, type BadgeTone } from '../_ui/badge.tsx';

/** What a reader is told of a state, in plain words. */
export const STATE_WORDS: Record<SubmissionState, { word: string; tone: BadgeTone }> = {
  draft: { word: 'waiting for its file', tone: 'plain' },
  uploading: { word: 'file arriving', tone: 'accent' },
  live: { word: 'in progress', tone: 'accent' },
  received: { word: 'received', tone: 'accent' },
  validating: { word: 'being read', tone: 'accent' },
  scoring: { word: 'being scored', tone: 'accent' },
  aggregating: { word: 'being ranked', tone: 'accent' },
  done: { word: 'done', tone: 'good' },
  failed: { word: 'failed', tone: 'bad' },
  cancelled: { word: 'cancelled', tone: 'plain' },
  withdrawn: { word: 'withdrawn', tone: 'plain' },
};

export function StateBadge({ state }: { state: SubmissionState }) {
  const { word, tone } = STATE_WORDS[state];
  return <Badge tone={tone}>{word}</Badge>;
}
