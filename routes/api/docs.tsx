import { Head } from "fresh/runtime";
import { type ApiArea, ApiDocs } from "../../components/docs/ApiDocs.tsx";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { answers } from "../../lib/http/contract.ts";
import { anyone } from "../../lib/http/guards.ts";
import { readingOf } from "../../lib/http/openapi_reading.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { openApi } from "../../openapi.gen.ts";

interface Data extends Visit {
  areas: ApiArea[];
}

export const handlers = {
  /** The same for people to read. */
  GET: anyone(answers({ type: "text/html" }, async (ctx) => {
    const areas = readingOf(openApi);
    return { data: { ...await visitOf(ctx), areas } satisfies Data };
  })),
};

export default function ApiDocsRoute({ data: { viewer, path, csrf, areas } }: { data: Data }) {
  return (
    <Shell viewer={viewer} path={path} signOut={viewer ? { action: "/leave", csrf } : undefined}>
      <Head>
        <title>{documentTitle("REST interface")}</title>
      </Head>
      <ApiDocs areas={areas} />
    </Shell>
  );
}
