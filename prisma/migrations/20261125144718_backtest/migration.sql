-- CreateTable
CREATE TABLE "backtest_week" (
    "training_run_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "scored" INTEGER NOT NULL,

    CONSTRAINT "backtest_week_pkey" PRIMARY KEY ("training_run_id","as_of")
);

-- CreateTable
CREATE TABLE "backtest_row" (
    "training_run_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "probability_rank" INTEGER NOT NULL,
    "listing" TEXT NOT NULL,
    "mrr_cents" INTEGER NOT NULL,
    "priority_cents" BIGINT NOT NULL,
    "departed_at" TIMESTAMPTZ(3),
    "reasons" TEXT[],

    CONSTRAINT "backtest_row_pkey" PRIMARY KEY ("training_run_id","as_of","customer_id")
);

-- CreateIndex
CREATE INDEX "backtest_row_customer_id_idx" ON "backtest_row"("customer_id");

-- AddForeignKey
ALTER TABLE "backtest_week" ADD CONSTRAINT "backtest_week_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "backtest_row" ADD CONSTRAINT "backtest_row_training_run_id_as_of_fkey" FOREIGN KEY ("training_run_id", "as_of") REFERENCES "backtest_week"("training_run_id", "as_of") ON DELETE NO ACTION ON UPDATE NO ACTION;
