-- AlterTable
ALTER TABLE "import_file" ADD COLUMN     "rows_arrived" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rows_waiting" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "import_run" ADD COLUMN     "rows_given_up" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "waiting_row" (
    "id" SERIAL NOT NULL,
    "import_id" INTEGER NOT NULL,
    "target" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "column" TEXT,
    "value" TEXT,
    "customer_source_id" TEXT NOT NULL,
    "staged" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waiting_row_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "waiting_row_received_at_idx" ON "waiting_row"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "waiting_row_target_customer_source_id_digest_key" ON "waiting_row"("target", "customer_source_id", "digest");

-- AddForeignKey
ALTER TABLE "waiting_row" ADD CONSTRAINT "waiting_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
