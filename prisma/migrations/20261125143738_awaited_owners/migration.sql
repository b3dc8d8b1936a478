-- CreateTable
CREATE TABLE "awaited_owner" (
    "customer_id" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "import_id" INTEGER NOT NULL,
    "named_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "awaited_owner_pkey" PRIMARY KEY ("customer_id")
);

-- CreateIndex
CREATE INDEX "awaited_owner_email_idx" ON "awaited_owner"("email");
