-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "mode" TEXT NOT NULL,
    "demo_parameters" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting_version" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "set_by" INTEGER,
    "reason" TEXT,

    CONSTRAINT "setting_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "session_epoch" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "password_changed_at" TIMESTAMPTZ(3),
    "deactivated_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "succeeded" BOOLEAN NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" INTEGER,
    "actor_label" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "prev_hash" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "import_run" (
    "id" SERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "historical" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "started_by" INTEGER,
    "error" TEXT,

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_file" (
    "import_id" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "sha256" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_new" INTEGER NOT NULL DEFAULT 0,
    "rows_version" INTEGER NOT NULL DEFAULT 0,
    "rows_same" INTEGER NOT NULL DEFAULT 0,
    "rows_bad" INTEGER NOT NULL DEFAULT 0,
    "first_at" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_file_pkey" PRIMARY KEY ("import_id","file")
);

-- CreateTable
CREATE TABLE "quarantined_row" (
    "id" SERIAL NOT NULL,
    "import_id" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "column" TEXT,
    "value" TEXT,
    "reason" TEXT NOT NULL,
    "raw" TEXT NOT NULL,

    CONSTRAINT "quarantined_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" SERIAL NOT NULL,
    "source_id" TEXT NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_version" (
    "customer_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "account_group" TEXT,
    "segment" TEXT,
    "industry" TEXT,
    "country" TEXT,
    "signed_up_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_basis" TEXT NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "import_id" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "customer_version_pkey" PRIMARY KEY ("customer_id","version")
);

-- CreateTable
CREATE TABLE "subscription_event" (
    "customer_id" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "plan" TEXT,
    "seats" INTEGER,
    "unit_price_cents" INTEGER,
    "discount_pct" REAL,
    "discount_by_play" BOOLEAN,
    "term_months" INTEGER,
    "effective_at" TIMESTAMPTZ(3),
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_basis" TEXT NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "import_id" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "subscription_event_pkey" PRIMARY KEY ("customer_id","source_id","version")
);

-- CreateTable
CREATE TABLE "usage_event" (
    "customer_id" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "user_key" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_basis" TEXT NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "import_id" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("customer_id","source_id","version")
);

-- CreateTable
CREATE TABLE "usage_daily" (
    "customer_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "import_id" INTEGER NOT NULL,
    "recorded_basis" TEXT NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "active_users" INTEGER NOT NULL,
    "sessions" INTEGER NOT NULL,
    "tasks" INTEGER NOT NULL,
    "comments" INTEGER NOT NULL,
    "projects" INTEGER NOT NULL,
    "files" INTEGER NOT NULL,
    "reports" INTEGER NOT NULL,
    "integrations" INTEGER NOT NULL,
    "exports" INTEGER NOT NULL,

    CONSTRAINT "usage_daily_pkey" PRIMARY KEY ("customer_id","day","recorded_at","import_id")
);

-- CreateTable
CREATE TABLE "ticket_event" (
    "customer_id" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT,
    "severity" TEXT,
    "opened_by" TEXT,
    "satisfaction" INTEGER,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_basis" TEXT NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "import_id" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "ticket_event_pkey" PRIMARY KEY ("customer_id","source_id","version")
);

-- CreateTable
CREATE TABLE "payment_event" (
    "customer_id" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount_cents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_basis" TEXT NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "import_id" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "payment_event_pkey" PRIMARY KEY ("customer_id","source_id","version")
);

-- CreateTable
CREATE TABLE "contact" (
    "customer_id" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "job_title" TEXT,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "erased_at" TIMESTAMPTZ(3),
    "ingested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "import_id" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("customer_id","source_id")
);

-- CreateTable
CREATE TABLE "customer_owner" (
    "id" SERIAL NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "assigned_by" INTEGER,
    "reason" TEXT,

    CONSTRAINT "customer_owner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "target" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "horizon_days" INTEGER NOT NULL,

    CONSTRAINT "target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "label_rule" (
    "id" SERIAL NOT NULL,
    "target_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "grace_days" INTEGER NOT NULL,
    "settlement_days" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "label_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "label" (
    "label_rule_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "departed" BOOLEAN NOT NULL,
    "departed_at" TIMESTAMPTZ(3),
    "departure_kind" TEXT,
    "voided" BOOLEAN NOT NULL DEFAULT false,
    "resolved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "label_pkey" PRIMARY KEY ("label_rule_id","as_of","customer_id","revision")
);

-- CreateTable
CREATE TABLE "outcome" (
    "scoring_run_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "departed" BOOLEAN NOT NULL,
    "departed_at" TIMESTAMPTZ(3),
    "mrr_cents_at_end" INTEGER NOT NULL,
    "label_rule_id" INTEGER NOT NULL,
    "resolved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outcome_pkey" PRIMARY KEY ("scoring_run_id","customer_id")
);

-- CreateTable
CREATE TABLE "experiment" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "experiment_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "arm" TEXT NOT NULL,
    "first_eligible_as_of" TIMESTAMPTZ(3) NOT NULL,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("experiment_id","customer_id")
);

-- CreateTable
CREATE TABLE "exposure" (
    "experiment_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "arm" TEXT NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "stratum" TEXT NOT NULL,
    "logged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exposure_pkey" PRIMARY KEY ("experiment_id","customer_id")
);

-- CreateTable
CREATE TABLE "feature_view" (
    "id" SERIAL NOT NULL,
    "target_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "columns" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feature_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feature_build" (
    "id" SERIAL NOT NULL,
    "view_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "known_by" TIMESTAMPTZ(3) NOT NULL,
    "data_cut" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "left_out" JSONB NOT NULL DEFAULT '{}',
    "built_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feature_build_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feature_row" (
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "view_id" INTEGER NOT NULL,
    "values" REAL[],
    "mrr_cents" INTEGER NOT NULL,
    "peer_group" TEXT NOT NULL,

    CONSTRAINT "feature_row_pkey" PRIMARY KEY ("as_of","customer_id","view_id")
) PARTITION BY RANGE ("as_of");

-- CreateTable
CREATE TABLE "feature_range" (
    "build_id" INTEGER NOT NULL,
    "peer_group" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,
    "p05" REAL,
    "p25" REAL,
    "p50" REAL,
    "p75" REAL,
    "p95" REAL,

    CONSTRAINT "feature_range_pkey" PRIMARY KEY ("build_id","peer_group","column")
);

-- CreateTable
CREATE TABLE "training_run" (
    "id" SERIAL NOT NULL,
    "target_id" TEXT NOT NULL,
    "view_id" INTEGER NOT NULL,
    "label_rule_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "splits" JSONB NOT NULL,
    "params" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "library" JSONB NOT NULL,
    "data_hash" TEXT,
    "code_revision" TEXT,
    "counts" JSONB,
    "metrics" JSONB,
    "learning_curve" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "started_by" INTEGER,
    "message" TEXT,

    CONSTRAINT "training_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_version" (
    "id" SERIAL NOT NULL,
    "target_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "training_run_id" INTEGER NOT NULL,
    "booster" BYTEA NOT NULL,
    "calibrator" JSONB NOT NULL,
    "columns" TEXT[],
    "categories" JSONB NOT NULL,
    "checksum" TEXT NOT NULL,
    "gates" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_alias" (
    "target_id" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "model_version_id" INTEGER NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_alias_pkey" PRIMARY KEY ("target_id","alias")
);

-- CreateTable
CREATE TABLE "model_alias_move" (
    "id" SERIAL NOT NULL,
    "target_id" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "from_version_id" INTEGER,
    "to_version_id" INTEGER NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "moved_by" INTEGER,
    "actor_label" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "gates_passed" BOOLEAN NOT NULL,

    CONSTRAINT "model_alias_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scoring_run" (
    "id" SERIAL NOT NULL,
    "target_id" TEXT NOT NULL,
    "model_version_id" INTEGER NOT NULL,
    "build_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "role" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "floor" DOUBLE PRECISION NOT NULL,
    "capacity" INTEGER NOT NULL,
    "parameters" JSONB NOT NULL,
    "scored" INTEGER NOT NULL DEFAULT 0,
    "flagged" INTEGER NOT NULL DEFAULT 0,
    "watched" INTEGER NOT NULL DEFAULT 0,
    "leaving" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "scoring_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "current_scoring_run" (
    "target_id" TEXT NOT NULL,
    "scoring_run_id" INTEGER NOT NULL,
    "flipped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "current_scoring_run_pkey" PRIMARY KEY ("target_id")
);

-- CreateTable
CREATE TABLE "prediction" (
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "scoring_run_id" INTEGER NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "margin" DOUBLE PRECISION NOT NULL,
    "bias" DOUBLE PRECISION NOT NULL,
    "probability_rank" INTEGER NOT NULL,
    "contributions" REAL[],
    "listing" TEXT NOT NULL,
    "band" TEXT NOT NULL,
    "mrr_cents" INTEGER NOT NULL,
    "priority_cents" BIGINT NOT NULL,
    "reasons" JSONB NOT NULL,
    "peer_group" TEXT NOT NULL,

    CONSTRAINT "prediction_pkey" PRIMARY KEY ("as_of","customer_id","scoring_run_id")
) PARTITION BY RANGE ("as_of");

-- CreateTable
CREATE TABLE "leaving_customer" (
    "scoring_run_id" INTEGER NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "notice_at" TIMESTAMPTZ(3) NOT NULL,
    "effective_at" TIMESTAMPTZ(3),
    "mrr_cents" INTEGER NOT NULL,

    CONSTRAINT "leaving_customer_pkey" PRIMARY KEY ("scoring_run_id","customer_id")
);

-- CreateTable
CREATE TABLE "risk_episode" (
    "id" SERIAL NOT NULL,
    "target_id" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "owner_id" INTEGER,
    "opened_as_of" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_reason" TEXT,

    CONSTRAINT "risk_episode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "episode_week" (
    "episode_id" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "scoring_run_id" INTEGER NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "listing" TEXT NOT NULL,

    CONSTRAINT "episode_week_pkey" PRIMARY KEY ("episode_id","as_of")
);

-- CreateTable
CREATE TABLE "job_run" (
    "id" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "fencing_token" BIGINT NOT NULL DEFAULT 0,
    "claimed_by" TEXT,
    "heartbeat_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "requested_by" INTEGER,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "progress" JSONB,
    "result" JSONB,
    "error" TEXT,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "setting_version_key_id_idx" ON "setting_version"("key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "sign_in_attempt_key_at_idx" ON "sign_in_attempt"("key", "at");

-- CreateIndex
CREATE INDEX "audit_event_subject_type_subject_id_idx" ON "audit_event"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "import_run_started_at_idx" ON "import_run"("started_at");

-- CreateIndex
CREATE INDEX "quarantined_row_import_id_file_line_idx" ON "quarantined_row"("import_id", "file", "line");

-- CreateIndex
CREATE UNIQUE INDEX "customer_source_id_key" ON "customer"("source_id");

-- CreateIndex
CREATE INDEX "subscription_event_occurred_at_idx" ON "subscription_event"("occurred_at");

-- CreateIndex
CREATE INDEX "ticket_event_occurred_at_idx" ON "ticket_event"("occurred_at");

-- CreateIndex
CREATE INDEX "payment_event_occurred_at_idx" ON "payment_event"("occurred_at");

-- CreateIndex
CREATE INDEX "customer_owner_customer_id_id_idx" ON "customer_owner"("customer_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "label_rule_target_id_version_key" ON "label_rule"("target_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "experiment_key_key" ON "experiment"("key");

-- CreateIndex
CREATE UNIQUE INDEX "feature_view_name_version_key" ON "feature_view"("name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "feature_build_view_id_as_of_key" ON "feature_build"("view_id", "as_of");

-- CreateIndex
CREATE INDEX "training_run_target_id_started_at_idx" ON "training_run"("target_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_training_run_id_key" ON "model_version"("training_run_id");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_target_id_number_key" ON "model_version"("target_id", "number");

-- CreateIndex
CREATE INDEX "model_alias_move_target_id_alias_id_idx" ON "model_alias_move"("target_id", "alias", "id");

-- CreateIndex
CREATE INDEX "scoring_run_target_id_as_of_idx" ON "scoring_run"("target_id", "as_of");

-- CreateIndex
CREATE INDEX "prediction_scoring_run_id_priority_cents_customer_id_idx" ON "prediction"("scoring_run_id", "priority_cents", "customer_id");

-- CreateIndex
CREATE INDEX "risk_episode_customer_id_idx" ON "risk_episode"("customer_id");

-- CreateIndex
CREATE INDEX "job_run_job_slot_idx" ON "job_run"("job", "slot");

-- CreateIndex
CREATE INDEX "job_run_created_at_idx" ON "job_run"("created_at");

-- AddForeignKey
ALTER TABLE "import_file" ADD CONSTRAINT "import_file_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "quarantined_row" ADD CONSTRAINT "quarantined_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customer_version" ADD CONSTRAINT "customer_version_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customer_owner" ADD CONSTRAINT "customer_owner_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customer_owner" ADD CONSTRAINT "customer_owner_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "label_rule" ADD CONSTRAINT "label_rule_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "target"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "feature_build" ADD CONSTRAINT "feature_build_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "feature_view"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "feature_view"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "model_alias" ADD CONSTRAINT "model_alias_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "scoring_run" ADD CONSTRAINT "scoring_run_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "scoring_run" ADD CONSTRAINT "scoring_run_build_id_fkey" FOREIGN KEY ("build_id") REFERENCES "feature_build"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "current_scoring_run" ADD CONSTRAINT "current_scoring_run_scoring_run_id_fkey" FOREIGN KEY ("scoring_run_id") REFERENCES "scoring_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "risk_episode" ADD CONSTRAINT "risk_episode_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "episode_week" ADD CONSTRAINT "episode_week_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "risk_episode"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE INDEX "usage_daily_day_brin" ON "usage_daily" USING BRIN ("day");

-- Everything below is what Prisma's schema language cannot say; its diff does not look at it.

-- At most one open episode per customer and target.
CREATE UNIQUE INDEX "risk_episode_one_open" ON "risk_episode"("target_id", "customer_id") WHERE "closed_at" IS NULL;
-- Corrections are few: looking for a newer version must not cost a scan.
CREATE INDEX "subscription_event_newer" ON "subscription_event"("customer_id", "source_id", "version") WHERE "version" > 1;
CREATE INDEX "ticket_event_newer" ON "ticket_event"("customer_id", "source_id", "version") WHERE "version" > 1;
CREATE INDEX "payment_event_newer" ON "payment_event"("customer_id", "source_id", "version") WHERE "version" > 1;

ALTER TABLE "installation" ADD CONSTRAINT "installation_single" CHECK ("id" = 1 AND "mode" IN ('demo', 'own', 'empty'));
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_role" CHECK ("role" IN ('csm', 'data_scientist', 'vp', 'admin'));
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_email_lower" CHECK ("email" = lower("email"));
ALTER TABLE "subscription_event" ADD CONSTRAINT "subscription_event_kind" CHECK ("kind" IN
  ('start', 'trial_start', 'seat_change', 'plan_change', 'price_change', 'discount', 'notice', 'notice_withdrawn', 'end', 'reactivation'));
ALTER TABLE "ticket_event" ADD CONSTRAINT "ticket_event_kind" CHECK ("kind" IN ('opened', 'responded', 'resolved', 'reopened', 'rated'));
ALTER TABLE "payment_event" ADD CONSTRAINT "payment_event_kind" CHECK ("kind" IN ('due', 'paid', 'failed', 'refunded'));
ALTER TABLE "scoring_run" ADD CONSTRAINT "scoring_run_role" CHECK ("role" IN ('champion', 'shadow', 'bridge'));
ALTER TABLE "scoring_run" ADD CONSTRAINT "scoring_run_status" CHECK ("status" IN ('running', 'complete', 'abandoned'));
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_status" CHECK ("status" IN ('running', 'succeeded', 'refused', 'failed'));
ALTER TABLE "job_run" ADD CONSTRAINT "job_run_status" CHECK ("status" IN ('waiting', 'running', 'succeeded', 'failed'));
ALTER TABLE "model_alias" ADD CONSTRAINT "model_alias_alias" CHECK ("alias" IN ('champion', 'challenger'));
ALTER TABLE "prediction" ADD CONSTRAINT "prediction_probability" CHECK ("probability" BETWEEN 0 AND 1);
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_share" CHECK ("share" >= 0 AND "share" < 1);

-- ── Partitions, one a month, in a schema of their own ──
CREATE SCHEMA IF NOT EXISTS "partitions";

CREATE FUNCTION ensure_month_partition(parent text, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month_start timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
  child text := format('%s_%s', parent, to_char(month_start, 'YYYYMM'));
BEGIN
  IF to_regclass(format('partitions.%I', child)) IS NULL THEN
    -- Two builds may want the same month at once.
    PERFORM pg_advisory_xact_lock(hashtext(child));
    EXECUTE format('CREATE TABLE IF NOT EXISTS partitions.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
      child, parent, month_start AT TIME ZONE 'UTC', (month_start + interval '1 month') AT TIME ZONE 'UTC');
  END IF;
END $$;

-- ── Subscriptions: the state of each at a time, as known then ──
-- The one definition of coverage and of monthly revenue (mrr_cents): seats x list price x (1 - discount), 0 in trials and when not covered.
-- Facts count if they occurred before p_at, were recorded before p_known_by and ingested by p_data_cut; of several versions the newest known.
CREATE FUNCTION subscription_state_at(p_at timestamptz, p_known_by timestamptz, p_data_cut timestamptz)
RETURNS TABLE (
  customer_id integer, subscription_id text, plan text, seats integer, unit_price_cents integer, discount_pct real,
  discount_by_play boolean, term_months integer, term_started_at timestamptz, first_started_at timestamptz,
  covered boolean, trial boolean, notice_at timestamptz, notice_effective_at timestamptz, ended_at timestamptz, mrr_cents integer
) LANGUAGE sql STABLE AS $$
  WITH known AS (
    -- Columns by name: the feature role may read these and no others.
    SELECT e.customer_id, e.source_id, e.subscription_id, e.kind, e.plan, e.seats, e.unit_price_cents, e.discount_pct,
      e.discount_by_play, e.term_months, e.effective_at, e.occurred_at
    FROM subscription_event e
    WHERE e.occurred_at < p_at AND e.recorded_at < p_known_by AND e.ingested_at <= p_data_cut
      AND NOT EXISTS (
        SELECT 1 FROM subscription_event newer
        WHERE newer.version > 1 AND newer.customer_id = e.customer_id AND newer.source_id = e.source_id
          AND newer.version > e.version AND newer.recorded_at < p_known_by AND newer.ingested_at <= p_data_cut)
  ), folded AS (
    SELECT k.customer_id, k.subscription_id,
      (array_agg(k.plan ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.plan IS NOT NULL))[1] AS plan,
      (array_agg(k.seats ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.seats IS NOT NULL))[1] AS seats,
      (array_agg(k.unit_price_cents ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.unit_price_cents IS NOT NULL))[1] AS unit_price_cents,
      (array_agg(k.discount_pct ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.discount_pct IS NOT NULL))[1] AS discount_pct,
      (array_agg(coalesce(k.discount_by_play, false) ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.discount_pct IS NOT NULL))[1] AS discount_by_play,
      (array_agg(k.term_months ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.term_months IS NOT NULL))[1] AS term_months,
      (array_agg(k.kind ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.kind IN ('start', 'trial_start', 'reactivation', 'end')))[1] AS coverage,
      max(k.occurred_at) FILTER (WHERE k.kind IN ('start', 'reactivation')) AS term_started_at,
      min(k.occurred_at) FILTER (WHERE k.kind IN ('start', 'reactivation')) AS first_started_at,
      max(k.occurred_at) FILTER (WHERE k.kind = 'end') AS ended_at,
      (array_agg(k.kind ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.kind IN ('notice', 'notice_withdrawn', 'start', 'reactivation')))[1] AS intent,
      max(k.occurred_at) FILTER (WHERE k.kind = 'notice') AS last_notice_at,
      (array_agg(k.effective_at ORDER BY k.occurred_at DESC, k.source_id COLLATE "C" DESC) FILTER (WHERE k.kind = 'notice'))[1] AS last_notice_effective_at
    FROM known k GROUP BY k.customer_id, k.subscription_id
  )
  SELECT f.customer_id, f.subscription_id, f.plan, f.seats, f.unit_price_cents, coalesce(f.discount_pct, 0),
    coalesce(f.discount_by_play, false), f.term_months, f.term_started_at, f.first_started_at,
    coalesce(f.coverage <> 'end', false), coalesce(f.coverage = 'trial_start', false),
    CASE WHEN f.intent = 'notice' THEN f.last_notice_at END, CASE WHEN f.intent = 'notice' THEN f.last_notice_effective_at END,
    CASE WHEN f.coverage = 'end' THEN f.ended_at END,
    CASE WHEN f.coverage IN ('start', 'reactivation')
      THEN round(f.seats * f.unit_price_cents * (1 - coalesce(f.discount_pct, 0)::numeric / 100))::integer ELSE 0 END
  FROM folded f
$$;

-- ── Audit: append-only, each row sealed with the hash of the one before ──
CREATE FUNCTION audit_event_hash(e audit_event) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws('|', e.prev_hash, e.seq,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(e.actor_id::text, '-'), e.actor_label, e.action,
    e.subject_type, e.subject_id, e.detail::text), 'UTF8')), 'hex')
$$;

CREATE FUNCTION audit_event_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Held until commit: the chain is one line, in order of seq.
  PERFORM pg_advisory_xact_lock(7310842002);
  -- Numbered without gaps, so that a missing row shows.
  NEW.seq := coalesce((SELECT max(seq) FROM audit_event), 0) + 1;
  NEW.prev_hash := coalesce((SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '');
  NEW.hash := audit_event_hash(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER audit_event_seal BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_seal();

CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_event is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_refuse();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();

-- The first row whose hash or link does not fit, or null where the chain is whole.
CREATE FUNCTION audit_first_broken_seq() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT min(c.seq) FROM (
    SELECT e.seq, e.hash <> audit_event_hash(e) OR e.prev_hash <> coalesce(lag(e.hash) OVER (ORDER BY e.seq), '')
      OR e.seq <> coalesce(lag(e.seq) OVER (ORDER BY e.seq), 0) + 1 AS broken
    FROM audit_event e) c
  WHERE c.broken
$$;

-- The one target of today, and its first rule.
INSERT INTO "target" ("id", "name", "horizon_days") VALUES ('churn-30d', 'Churn within 30 days', 30);
INSERT INTO "label_rule" ("target_id", "version", "grace_days", "settlement_days") VALUES ('churn-30d', 1, 14, 3);
