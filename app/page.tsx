import { redirect } from "next/navigation";
import { homeOf } from "@/components/layout/navigation";
import { requireUser } from "@/lib/auth/service";

export default async function StartPage() {
  const user = await requireUser();
  redirect(homeOf(user.role));
}
