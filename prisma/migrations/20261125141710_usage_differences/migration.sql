-- AlterTable
ALTER TABLE "usage_daily" ADD COLUMN     "is_difference" BOOLEAN NOT NULL DEFAULT false;

-- What is not one row's whole day is told apart from now on: which of a day's rows counts as the first does not matter,
-- as all of them add up.
UPDATE "usage_daily" u SET "is_difference" = true
FROM (
  SELECT customer_id, day, min(ctid) AS first FROM usage_daily GROUP BY customer_id, day HAVING count(*) > 1
) told
WHERE told.customer_id = u.customer_id AND told.day = u.day AND u.ctid <> told.first;

-- They are few, and asked for by day.
CREATE INDEX "usage_daily_difference" ON "usage_daily" ("day", "customer_id") WHERE "is_difference";
