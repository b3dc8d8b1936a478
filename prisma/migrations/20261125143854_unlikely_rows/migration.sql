-- AlterTable
ALTER TABLE "import_file" ADD COLUMN     "rows_before_sign_up" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rows_outside_subscription" INTEGER NOT NULL DEFAULT 0;
