-- AlterTable
ALTER TABLE "import_delivery" ADD COLUMN     "approved_by" INTEGER,
ADD COLUMN     "check" JSONB;
