-- AlterEnum
ALTER TYPE "submission_state" ADD VALUE 'live' BEFORE 'received';

-- AlterEnum
ALTER TYPE "run_state" ADD VALUE 'live' BEFORE 'scoring';
