-- CreateTable
CREATE TABLE "churn_confirmation" (
    "id" SERIAL NOT NULL,
    "label_rule_id" INTEGER NOT NULL,
    "months" JSONB NOT NULL,
    "finance_rate" DOUBLE PRECISION,
    "note" TEXT,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" INTEGER NOT NULL,

    CONSTRAINT "churn_confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "churn_confirmation_label_rule_id_id_idx" ON "churn_confirmation"("label_rule_id", "id");

-- AddForeignKey
ALTER TABLE "churn_confirmation" ADD CONSTRAINT "churn_confirmation_label_rule_id_fkey" FOREIGN KEY ("label_rule_id") REFERENCES "label_rule"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What somebody confirmed stays as it was confirmed; a later confirmation is a further row.
CREATE FUNCTION churn_confirmation_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'churn_confirmation is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER churn_confirmation_no_change BEFORE UPDATE OR DELETE ON churn_confirmation FOR EACH ROW EXECUTE FUNCTION churn_confirmation_refuse();
