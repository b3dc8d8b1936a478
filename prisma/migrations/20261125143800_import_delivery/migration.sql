-- CreateTable
CREATE TABLE "import_delivery" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "historical" BOOLEAN NOT NULL DEFAULT false,
    "files" JSONB NOT NULL DEFAULT '[]',
    "content_hash" TEXT,
    "import_id" INTEGER,
    "error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "received_by" INTEGER,
    "token_id" INTEGER,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "import_delivery_source_received_at_idx" ON "import_delivery"("source", "received_at");

-- CreateIndex
CREATE INDEX "import_delivery_received_at_id_idx" ON "import_delivery"("received_at", "id");

-- What Prisma's language cannot say.
ALTER TABLE "import_delivery" ADD CONSTRAINT "import_delivery_status" CHECK ("status" IN
  ('receiving', 'received', 'checking', 'checked', 'queued', 'importing', 'imported', 'refused', 'discarded'));
ALTER TABLE "import_delivery" ADD CONSTRAINT "import_delivery_channel" CHECK ("channel" IN ('browser', 'api', 'inbox'));
ALTER TABLE "import_delivery" ADD CONSTRAINT "import_delivery_finished" CHECK
  (("status" IN ('imported', 'refused', 'discarded')) = ("finished_at" IS NOT NULL));
