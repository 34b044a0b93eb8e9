-- CreateTable
CREATE TABLE "grading" (
    "run_id" UUID NOT NULL,
    "verifier" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "policy" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL,
    "only_here" INTEGER NOT NULL,
    "only_own" INTEGER NOT NULL,
    "disputed" JSONB NOT NULL,
    "graded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grading_pkey" PRIMARY KEY ("run_id","verifier","version","policy")
);

-- AddForeignKey
ALTER TABLE "grading" ADD CONSTRAINT "grading_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "grading" ADD CONSTRAINT "grading_role_check" CHECK ("role" IN ('strictest', 'lenient', 'other'));
ALTER TABLE "grading" ADD CONSTRAINT "grading_counts_check" CHECK ("accepted" + "only_own" <= "attempts" AND "only_here" <= "accepted");
