-- AlterTable
ALTER TABLE "import_run" ADD COLUMN     "channel" TEXT NOT NULL DEFAULT 'command',
ADD COLUMN     "mapping_id" INTEGER;

-- AlterTable
ALTER TABLE "usage_event" ALTER COLUMN "user_key" DROP NOT NULL;

-- CreateTable
CREATE TABLE "import_mapping" (
    "id" SERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "mapping" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" INTEGER,

    CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_input" (
    "import_id" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "rows_read" INTEGER NOT NULL,
    "rows_unused" INTEGER NOT NULL,

    CONSTRAINT "import_input_pkey" PRIMARY KEY ("import_id","file")
);

-- CreateIndex
CREATE UNIQUE INDEX "import_mapping_source_version_key" ON "import_mapping"("source", "version");

-- AddForeignKey
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_mapping_id_fkey" FOREIGN KEY ("mapping_id") REFERENCES "import_mapping"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_input" ADD CONSTRAINT "import_input_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
