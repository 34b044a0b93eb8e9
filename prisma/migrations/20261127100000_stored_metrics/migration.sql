-- AlterTable
ALTER TABLE "run_summary" ADD COLUMN     "metrics" JSONB;
