-- AlterTable
ALTER TABLE "upload" ADD COLUMN "bytes" BIGINT;

UPDATE "upload" SET "bytes" = "offset";

-- AlterTable
ALTER TABLE "upload" ALTER COLUMN "bytes" SET NOT NULL;

ALTER TABLE "upload" ADD CONSTRAINT "upload_offset_check" CHECK ("offset" BETWEEN 0 AND "bytes" AND (NOT "is_complete" OR "offset" = "bytes"));
