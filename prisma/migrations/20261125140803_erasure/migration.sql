-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "id" SERIAL NOT NULL;

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "erased_mark" (
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erased_mark_pkey" PRIMARY KEY ("kind","digest")
);

-- CreateIndex
CREATE UNIQUE INDEX "contact_id_key" ON "contact"("id");
