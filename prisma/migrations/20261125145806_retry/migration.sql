-- AlterTable
ALTER TABLE "import_file" ADD COLUMN     "header" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "import_input" ADD COLUMN     "delimiter" TEXT NOT NULL DEFAULT ',',
ADD COLUMN     "header" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "import_run" ADD COLUMN     "retry_of" INTEGER;

-- AlterTable
ALTER TABLE "quarantined_row" ADD COLUMN     "complete" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "retry_id" INTEGER,
ADD COLUMN     "row_taken" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "waiting_row" ADD COLUMN     "complete" BOOLEAN NOT NULL DEFAULT false;
