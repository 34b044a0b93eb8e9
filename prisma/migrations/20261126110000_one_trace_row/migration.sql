-- One row an attempt instead of one a detector: most counts are zero, and a row of zeros says no more than their absence
-- from "found". A row says that the text was read, and what it could not tell is null.
CREATE TABLE "trace_new" (
    "run_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "found" JSONB NOT NULL,
    "reflections" INTEGER NOT NULL,
    "switches" INTEGER,
    "loops" INTEGER NOT NULL,
    "steps" INTEGER,
    "repeated_step_share" REAL,
    "ngram_repetition" REAL,
    "loop_share" REAL,
    "compression" REAL,
    "restated_share" REAL
) PARTITION BY HASH ("run_id");
CREATE TABLE "trace_new_p00" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE "trace_new_p01" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE "trace_new_p02" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE "trace_new_p03" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE "trace_new_p04" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE "trace_new_p05" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE "trace_new_p06" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE "trace_new_p07" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE "trace_new_p08" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE "trace_new_p09" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE "trace_new_p10" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE "trace_new_p11" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE "trace_new_p12" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE "trace_new_p13" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE "trace_new_p14" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE "trace_new_p15" PARTITION OF "trace_new" FOR VALUES WITH (MODULUS 16, REMAINDER 15);

-- Version 0: measured before there were versions of the whole, and the newest version of each detector counts.
INSERT INTO "trace_new" ("run_id", "item_key", "sample_index", "version", "found", "reflections", "switches", "loops")
SELECT "run_id", "item_key", "sample_index", 0,
       coalesce(jsonb_object_agg("detector", "features") FILTER (WHERE "count" > 0 AND "features" IS NOT NULL), '{}'),
       coalesce(max("count") FILTER (WHERE "detector" = 'reflection-keywords'), 0),
       max("count") FILTER (WHERE "detector" = 'thought-switches'),
       coalesce(max("count") FILTER (WHERE "detector" = 'suffix-loop'), 0)
FROM (
  SELECT DISTINCT ON ("run_id", "item_key", "sample_index", "detector") *
  FROM "trace" ORDER BY "run_id", "item_key", "sample_index", "detector", "version" DESC
) AS "newest"
GROUP BY "run_id", "item_key", "sample_index";

DROP TABLE "trace";
ALTER TABLE "trace_new" RENAME TO "trace";
ALTER TABLE "trace_new_p00" RENAME TO "trace_p00";
ALTER TABLE "trace_new_p01" RENAME TO "trace_p01";
ALTER TABLE "trace_new_p02" RENAME TO "trace_p02";
ALTER TABLE "trace_new_p03" RENAME TO "trace_p03";
ALTER TABLE "trace_new_p04" RENAME TO "trace_p04";
ALTER TABLE "trace_new_p05" RENAME TO "trace_p05";
ALTER TABLE "trace_new_p06" RENAME TO "trace_p06";
ALTER TABLE "trace_new_p07" RENAME TO "trace_p07";
ALTER TABLE "trace_new_p08" RENAME TO "trace_p08";
ALTER TABLE "trace_new_p09" RENAME TO "trace_p09";
ALTER TABLE "trace_new_p10" RENAME TO "trace_p10";
ALTER TABLE "trace_new_p11" RENAME TO "trace_p11";
ALTER TABLE "trace_new_p12" RENAME TO "trace_p12";
ALTER TABLE "trace_new_p13" RENAME TO "trace_p13";
ALTER TABLE "trace_new_p14" RENAME TO "trace_p14";
ALTER TABLE "trace_new_p15" RENAME TO "trace_p15";
ALTER TABLE "trace" ADD CONSTRAINT "trace_pkey" PRIMARY KEY ("run_id","item_key","sample_index","version");
ALTER TABLE "trace" ADD CONSTRAINT "trace_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Where the reference answer stands in the text, by the equality of the verdict's own verifier. "answer_statements" is null
-- while nobody looked. With it a null position says that no statement was right.
ALTER TABLE "score" ADD COLUMN "answer_statements" INTEGER,
ADD COLUMN "first_correct_at" INTEGER,
ADD COLUMN "first_correct_tokens" INTEGER,
ADD COLUMN "after_correct_tokens" INTEGER,
ADD COLUMN "correct_again" INTEGER;
