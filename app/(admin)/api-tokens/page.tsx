import { pageTitle } from "@/app/page-title";
import { AddApiToken } from "@/components/api-tokens/add-api-token";
import { ApiTokenTable } from "@/components/api-tokens/api-token-table";
import { PageHeader } from "@/components/ui/page-header";
import { listApiTokens } from "@/lib/api-tokens/service";
import { requireUser } from "@/lib/auth/service";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("API tokens", "admin");

export default async function ApiTokensPage() {
  await requireUser("admin");
  const [tokens, { zone }] = await Promise.all([listApiTokens(new Date()), getSettings()]);
  return (
    <>
      <PageHeader
        title="API tokens"
        description="Each lets one program send files of one source, and nothing else. A token can be revoked at any time."
        actions={<AddApiToken />}
      />
      <ApiTokenTable tokens={tokens} zone={zone} />
    </>
  );
}
