-- AlterTable
ALTER TABLE "training_run" ADD COLUMN     "refusal" TEXT;
