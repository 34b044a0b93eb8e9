-- CreateEnum
CREATE TYPE "visibility" AS ENUM ('public', 'unlisted', 'private');

-- CreateEnum
CREATE TYPE "submission_state" AS ENUM ('draft', 'uploading', 'received', 'validating', 'scoring', 'aggregating', 'done', 'failed', 'cancelled', 'withdrawn');

-- CreateEnum
CREATE TYPE "row_policy" AS ENUM ('strict', 'lenient');

-- CreateEnum
CREATE TYPE "trust_level" AS ENUM ('reported', 'scored', 'rerun');

-- CreateEnum
CREATE TYPE "trace_visibility" AS ENUM ('full', 'summary', 'hidden', 'unknown');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('scoring', 'done', 'withdrawn');

-- CreateEnum
CREATE TYPE "token_source" AS ENUM ('provider', 'runner', 'tokenizer', 'derived', 'unknown');

-- CreateEnum
CREATE TYPE "finish_reason" AS ENUM ('stop', 'length', 'content_filter', 'tool', 'error', 'unknown');

-- CreateEnum
CREATE TYPE "outcome" AS ENUM ('correct', 'wrong', 'unparsed', 'unverifiable');

-- CreateTable
CREATE TABLE "benchmark" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "split" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "visibility" "visibility" NOT NULL,
    "default_verifier" TEXT NOT NULL,
    "verifier_version" INTEGER NOT NULL,
    "policy" JSONB NOT NULL,
    "tokenizer" TEXT NOT NULL,
    "axis" JSONB,
    "item_count" INTEGER NOT NULL,
    "has_hidden_gold" BOOLEAN NOT NULL DEFAULT false,
    "licence" TEXT,
    "source" TEXT,
    "owner_token_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "benchmark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "benchmark_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "prompt" TEXT,
    "choices" JSONB,
    "language" TEXT,
    "difficulty" TEXT,
    "groups" JSONB NOT NULL DEFAULT '{}',
    "media" JSONB,

    CONSTRAINT "item_pkey" PRIMARY KEY ("benchmark_id","key")
);

-- CreateTable
CREATE TABLE "gold" (
    "benchmark_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "answer" TEXT NOT NULL,

    CONSTRAINT "gold_pkey" PRIMARY KEY ("benchmark_id","item_key")
);

-- CreateTable
CREATE TABLE "model" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "is_program" BOOLEAN NOT NULL DEFAULT false,
    "base_name" TEXT,
    "parents" JSONB,
    "provider" TEXT,
    "revision" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "method" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "stage" TEXT,
    "substage" TEXT,
    "arxiv" TEXT,
    "mechanism" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "method_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "submission" (
    "id" UUID NOT NULL,
    "state" "submission_state" NOT NULL DEFAULT 'draft',
    "header" JSONB NOT NULL,
    "row_policy" "row_policy" NOT NULL DEFAULT 'strict',
    "owner_token_id" UUID NOT NULL,
    "idempotency_key" TEXT,
    "idempotency_body_hash" TEXT,
    "content_key" TEXT,
    "raw_sha256" TEXT,
    "file_name" TEXT,
    "format" TEXT,
    "format_evidence" TEXT,
    "received_rows" INTEGER NOT NULL DEFAULT 0,
    "stored_rows" INTEGER NOT NULL DEFAULT 0,
    "rejected_rows" INTEGER NOT NULL DEFAULT 0,
    "dead_rows" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "warnings" JSONB NOT NULL DEFAULT '{}',
    "failure" JSONB,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "deadline" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "submission_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "encoding" TEXT NOT NULL DEFAULT 'identity',
    "offset" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "is_complete" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "raw_file" (
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "raw_file_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "rejected_row" (
    "submission_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL DEFAULT 0,
    "line" INTEGER,
    "byte_offset" BIGINT,
    "pointer" TEXT,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "hint" TEXT,

    CONSTRAINT "rejected_row_pkey" PRIMARY KEY ("submission_id","row","ordinal")
);

-- CreateTable
CREATE TABLE "dead_row" (
    "submission_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_row_pkey" PRIMARY KEY ("submission_id","row")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "submission_id" UUID,
    "benchmark_id" UUID NOT NULL,
    "model_id" UUID NOT NULL,
    "method_id" UUID,
    "label" TEXT NOT NULL,
    "family" TEXT,
    "is_family_base" BOOLEAN NOT NULL DEFAULT false,
    "params" JSONB NOT NULL DEFAULT '{}',
    "decoding" JSONB NOT NULL DEFAULT '{}',
    "trust_level" "trust_level" NOT NULL,
    "trace_visibility" "trace_visibility" NOT NULL DEFAULT 'unknown',
    "visibility" "visibility" NOT NULL,
    "state" "run_state" NOT NULL,
    "citation" JSONB,
    "source_format" TEXT,
    "token_source" "token_source" NOT NULL DEFAULT 'unknown',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "samples_per_item" INTEGER NOT NULL DEFAULT 1,
    "owner_token_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "run_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "item_position" INTEGER NOT NULL,
    "source_row" INTEGER NOT NULL,
    "prompt_tokens" INTEGER,
    "output_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "answer_tokens" INTEGER,
    "token_source" "token_source" NOT NULL,
    "token_note" TEXT,
    "characters" INTEGER NOT NULL,
    "finish_reason" "finish_reason" NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "signals" JSONB,
    "reported_score" DOUBLE PRECISION,
    "reported_correct" BOOLEAN,
    "reported_extracted" TEXT,
    "extras" JSONB,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("run_id","item_key","sample_index")
) PARTITION BY HASH ("run_id");

-- CreateTable
CREATE TABLE "attempt_text" (
    "run_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "output" BYTEA,
    "reasoning" BYTEA,
    "answer" BYTEA,

    CONSTRAINT "attempt_text_pkey" PRIMARY KEY ("run_id","item_key","sample_index")
) PARTITION BY HASH ("run_id");

-- CreateTable
CREATE TABLE "token_count" (
    "run_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "tokenizer" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "output" INTEGER NOT NULL,
    "reasoning" INTEGER,
    "answer" INTEGER,

    CONSTRAINT "token_count_pkey" PRIMARY KEY ("run_id","item_key","sample_index","tokenizer","version")
) PARTITION BY HASH ("run_id");

-- CreateTable
CREATE TABLE "score" (
    "run_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "verifier" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "policy" TEXT NOT NULL,
    "outcome" "outcome" NOT NULL,
    "extracted" TEXT,
    "reason" TEXT,

    CONSTRAINT "score_pkey" PRIMARY KEY ("run_id","item_key","sample_index","verifier","version","policy")
) PARTITION BY HASH ("run_id");

-- CreateTable
CREATE TABLE "trace" (
    "run_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "detector" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "features" JSONB,

    CONSTRAINT "trace_pkey" PRIMARY KEY ("run_id","item_key","sample_index","detector","version")
) PARTITION BY HASH ("run_id");

-- CreateTable
CREATE TABLE "label" (
    "run_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "label_pkey" PRIMARY KEY ("run_id","item_key","sample_index","kind","source")
) PARTITION BY HASH ("run_id");

-- CreateTable
CREATE TABLE "run_summary" (
    "run_id" UUID NOT NULL,
    "verifier" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "policy" TEXT NOT NULL,
    "tokenizer" TEXT NOT NULL,
    "state" BYTEA,
    "figures" JSONB NOT NULL,
    "histograms" JSONB,
    "batches_done" INTEGER NOT NULL DEFAULT 0,
    "batches" INTEGER NOT NULL DEFAULT 0,
    "rank" INTEGER,
    "tie_group" INTEGER,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_summary_pkey" PRIMARY KEY ("run_id","verifier","version","policy","tokenizer")
);

-- CreateTable
CREATE TABLE "score_batch" (
    "run_id" UUID NOT NULL,
    "verifier" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "policy" TEXT NOT NULL,
    "batch" INTEGER NOT NULL,
    "finished_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "score_batch_pkey" PRIMARY KEY ("run_id","verifier","version","policy","batch")
);

-- CreateTable
CREATE TABLE "figure" (
    "hash" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "figure_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "judge_answer" (
    "hash" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "prompt_version" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "usage" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "judge_answer_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_link" (
    "hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "setup_link_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_token_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "benchmark_name_version_split_key" ON "benchmark"("name", "version", "split");

-- CreateIndex
CREATE UNIQUE INDEX "item_benchmark_id_position_key" ON "item"("benchmark_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "model_name_key" ON "model"("name");

-- CreateIndex
CREATE UNIQUE INDEX "method_name_key" ON "method"("name");

-- CreateIndex
CREATE UNIQUE INDEX "submission_content_key_key" ON "submission"("content_key");

-- CreateIndex
CREATE INDEX "submission_deadline_idx" ON "submission"("deadline");

-- CreateIndex
CREATE INDEX "submission_owner_idx" ON "submission"("owner_token_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "submission_owner_token_id_idempotency_key_key" ON "submission"("owner_token_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "upload_submission_idx" ON "upload"("submission_id");

-- CreateIndex
CREATE UNIQUE INDEX "run_submission_id_key" ON "run"("submission_id");

-- CreateIndex
CREATE INDEX "run_board_idx" ON "run"("benchmark_id", "state", "visibility");

-- CreateIndex
CREATE INDEX "run_model_idx" ON "run"("model_id");

-- CreateIndex
CREATE INDEX "run_method_idx" ON "run"("method_id");

-- CreateIndex
CREATE INDEX "score_outcome_idx" ON "score"("run_id", "outcome");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_position_key" ON "attempt"("run_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "audit_log_at_idx" ON "audit_log"("at" DESC);

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_benchmark_id_fkey" FOREIGN KEY ("benchmark_id") REFERENCES "benchmark"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gold" ADD CONSTRAINT "gold_benchmark_id_item_key_fkey" FOREIGN KEY ("benchmark_id", "item_key") REFERENCES "item"("benchmark_id", "key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_owner_token_id_fkey" FOREIGN KEY ("owner_token_id") REFERENCES "api_token"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_raw_sha256_fkey" FOREIGN KEY ("raw_sha256") REFERENCES "raw_file"("sha256") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rejected_row" ADD CONSTRAINT "rejected_row_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dead_row" ADD CONSTRAINT "dead_row_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_benchmark_id_fkey" FOREIGN KEY ("benchmark_id") REFERENCES "benchmark"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_method_id_fkey" FOREIGN KEY ("method_id") REFERENCES "method"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submission"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_text" ADD CONSTRAINT "attempt_text_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_count" ADD CONSTRAINT "token_count_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trace" ADD CONSTRAINT "trace_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_summary" ADD CONSTRAINT "run_summary_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score_batch" ADD CONSTRAINT "score_batch_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma has no declarative partitions: sixteen by run, so that a run is one partition's matter
-- and the same schema can be distributed by run.
CREATE TABLE "attempt_p00" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "attempt_p01" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "attempt_p02" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "attempt_p03" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "attempt_p04" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "attempt_p05" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "attempt_p06" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "attempt_p07" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "attempt_p08" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "attempt_p09" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "attempt_p10" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "attempt_p11" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "attempt_p12" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "attempt_p13" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "attempt_p14" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "attempt_p15" PARTITION OF "attempt" FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE TABLE "attempt_text_p00" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "attempt_text_p01" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "attempt_text_p02" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "attempt_text_p03" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "attempt_text_p04" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "attempt_text_p05" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "attempt_text_p06" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "attempt_text_p07" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "attempt_text_p08" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "attempt_text_p09" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "attempt_text_p10" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "attempt_text_p11" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "attempt_text_p12" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "attempt_text_p13" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "attempt_text_p14" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "attempt_text_p15" PARTITION OF "attempt_text" FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE TABLE "token_count_p00" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "token_count_p01" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "token_count_p02" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "token_count_p03" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "token_count_p04" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "token_count_p05" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "token_count_p06" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "token_count_p07" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "token_count_p08" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "token_count_p09" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "token_count_p10" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "token_count_p11" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "token_count_p12" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "token_count_p13" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "token_count_p14" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "token_count_p15" PARTITION OF "token_count" FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE TABLE "score_p00" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "score_p01" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "score_p02" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "score_p03" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "score_p04" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "score_p05" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "score_p06" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "score_p07" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "score_p08" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "score_p09" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "score_p10" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "score_p11" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "score_p12" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "score_p13" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "score_p14" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "score_p15" PARTITION OF "score" FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE TABLE "trace_p00" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "trace_p01" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "trace_p02" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "trace_p03" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "trace_p04" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "trace_p05" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "trace_p06" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "trace_p07" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "trace_p08" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "trace_p09" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "trace_p10" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "trace_p11" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "trace_p12" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "trace_p13" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "trace_p14" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "trace_p15" PARTITION OF "trace" FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE TABLE "label_p00" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "label_p01" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "label_p02" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "label_p03" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "label_p04" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "label_p05" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "label_p06" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "label_p07" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "label_p08" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "label_p09" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "label_p10" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "label_p11" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "label_p12" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "label_p13" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "label_p14" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "label_p15" PARTITION OF "label" FOR VALUES WITH (MODULUS 16, REMAINDER 15);

-- The texts are zstd frames already: compressing them again only costs time.
ALTER TABLE "attempt_text" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p00" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p01" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p02" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p03" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p04" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p05" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p06" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p07" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p08" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p09" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p10" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p11" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p12" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p13" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p14" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
ALTER TABLE "attempt_text_p15" ALTER COLUMN "output" SET STORAGE EXTERNAL, ALTER COLUMN "reasoning" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;

-- The books: every row of a file is in exactly one place.
ALTER TABLE "submission" ADD CONSTRAINT "submission_books_check"
  CHECK ("received_rows" = "stored_rows" + "rejected_rows" + "dead_rows"
    AND "stored_rows" >= 0 AND "rejected_rows" >= 0 AND "dead_rows" >= 0);
-- A state that waits for somebody has a deadline, so that nothing waits for ever.
ALTER TABLE "submission" ADD CONSTRAINT "submission_deadline_check"
  CHECK ("deadline" IS NOT NULL OR "state" IN ('done', 'failed', 'cancelled', 'withdrawn'));
ALTER TABLE "run_summary" ADD CONSTRAINT "run_summary_batches_check" CHECK ("batches_done" <= "batches");

COMMENT ON INDEX "benchmark_name_version_split_key" IS 'getBenchmark: a benchmark by its name, version and split';
COMMENT ON INDEX "item_benchmark_id_position_key" IS 'listItems: the item list in order';
COMMENT ON INDEX "model_name_key" IS 'findOrCreateModel: a model by name';
COMMENT ON INDEX "method_name_key" IS 'findOrCreateMethod: a method by name';
COMMENT ON INDEX "submission_content_key_key" IS 'receiveFile: the same header and content is one submission';
COMMENT ON INDEX "submission_deadline_idx" IS 'sweepSubmissions: what is past its deadline';
COMMENT ON INDEX "submission_owner_idx" IS 'listSubmissions: the newest of one token';
COMMENT ON INDEX "submission_owner_token_id_idempotency_key_key" IS 'createSubmission: a repeated request finds the first one';
COMMENT ON INDEX "upload_submission_idx" IS 'getUpload: the file of a submission';
COMMENT ON INDEX "run_submission_id_key" IS 'getSubmission: the run it became';
COMMENT ON INDEX "run_board_idx" IS 'listBoardRows: the runs of one benchmark that the reader may see';
COMMENT ON INDEX "run_model_idx" IS 'listBoardRows: filter by model';
COMMENT ON INDEX "run_method_idx" IS 'listBoardRows: filter by method';
COMMENT ON INDEX "attempt_position_key" IS 'scoreBatch and listSamples: a range of one run, in order';
COMMENT ON INDEX "score_outcome_idx" IS 'listSamples: the samples of one outcome, however rare';
COMMENT ON INDEX "api_token_hash_key" IS 'authenticate: a token by the hash of its secret';
COMMENT ON INDEX "audit_log_at_idx" IS 'listAuditLog: the newest first';
