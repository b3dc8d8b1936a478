import { redirect } from "next/navigation";
import { homeOf } from "@/components/layout/navigation";
import { requireUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID, isBeingSetUp } from "@/lib/product-status/contract";
import { getProductStatus } from "@/lib/product-status/service";

export default async function StartPage() {
  const user = await requireUser();
  redirect(homeOf(user.role, isBeingSetUp(await getProductStatus(CHURN_TARGET_ID))));
}
