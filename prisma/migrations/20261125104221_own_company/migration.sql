-- AlterTable
ALTER TABLE "app_user" ALTER COLUMN "password_hash" DROP NOT NULL;

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "import_file" ADD COLUMN     "header" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "rows_waiting" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "import_run" ADD COLUMN     "channel" TEXT NOT NULL DEFAULT 'command',
ADD COLUMN     "mapping_id" INTEGER,
ADD COLUMN     "retry_of" INTEGER;

-- AlterTable
ALTER TABLE "quarantined_row" ADD COLUMN     "complete" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "retry_id" INTEGER,
ADD COLUMN     "target" TEXT;

-- AlterTable
ALTER TABLE "usage_event" ALTER COLUMN "user_key" DROP NOT NULL;

-- CreateTable
CREATE TABLE "account_link" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" INTEGER,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

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
CREATE TABLE "import_delivery" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "historical" BOOLEAN NOT NULL DEFAULT false,
    "files" JSONB NOT NULL DEFAULT '[]',
    "dry_run" JSONB,
    "import_id" INTEGER,
    "error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "received_by" INTEGER,
    "token_id" INTEGER,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waiting_row" (
    "id" SERIAL NOT NULL,
    "import_id" INTEGER NOT NULL,
    "target" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "customer_source_id" TEXT NOT NULL,
    "staged" JSONB NOT NULL,
    "raw" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waiting_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "awaited_owner" (
    "customer_id" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "import_id" INTEGER NOT NULL,
    "named_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "awaited_owner_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "churn_confirmation" (
    "id" SERIAL NOT NULL,
    "label_rule_id" INTEGER NOT NULL,
    "months" JSONB NOT NULL,
    "finance_rate" DOUBLE PRECISION,
    "note" TEXT,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_by" INTEGER NOT NULL,

    CONSTRAINT "churn_confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backtest_row" (
    "training_run_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "listing" TEXT NOT NULL,
    "mrr_cents" INTEGER NOT NULL,
    "priority_cents" BIGINT NOT NULL,
    "departed" BOOLEAN NOT NULL,
    "departed_at" TIMESTAMPTZ(3),
    "reasons" JSONB NOT NULL,

    CONSTRAINT "backtest_row_pkey" PRIMARY KEY ("training_run_id","as_of","customer_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_link_secret_hash_key" ON "account_link"("secret_hash");

-- CreateIndex
CREATE INDEX "account_link_user_id_idx" ON "account_link"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_secret_hash_key" ON "api_token"("secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "import_mapping_source_version_key" ON "import_mapping"("source", "version");

-- CreateIndex
CREATE INDEX "import_delivery_status_received_at_idx" ON "import_delivery"("status", "received_at");

-- CreateIndex
CREATE INDEX "waiting_row_target_customer_source_id_idx" ON "waiting_row"("target", "customer_source_id");

-- CreateIndex
CREATE INDEX "awaited_owner_email_idx" ON "awaited_owner"("email");

-- CreateIndex
CREATE INDEX "churn_confirmation_label_rule_id_id_idx" ON "churn_confirmation"("label_rule_id", "id");

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_mapping_id_fkey" FOREIGN KEY ("mapping_id") REFERENCES "import_mapping"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "churn_confirmation" ADD CONSTRAINT "churn_confirmation_label_rule_id_fkey" FOREIGN KEY ("label_rule_id") REFERENCES "label_rule"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "backtest_row" ADD CONSTRAINT "backtest_row_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
