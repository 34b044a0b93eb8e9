export { gradeRun } from './grade-run.ts';
export { ingestSubmission } from './ingest-submission.ts';
export { rankBoard } from './rank-board.ts';
export { recountRun } from './recount-run.ts';
export { scoreBatch } from './score-batch.ts';
