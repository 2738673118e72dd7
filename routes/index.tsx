import { Head } from "fresh/runtime";
import { Landing } from "../components/landing/Landing.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { anyone } from "../lib/http/guards.ts";
import { type Visit, visitOf } from "../lib/http/visit.ts";
import { landingData } from "../lib/rooms/landing.ts";

type Data = Visit & Awaited<ReturnType<typeof landingData>>;

export const handlers = {
  GET: anyone(async (ctx) => {
    const visit = await visitOf(ctx);
    const data: Data = { ...visit, ...await landingData(ctx.state.services, visit.viewer, visit.language) };
    return { data };
  }),
};

export default function LandingPage({ data }: { data: Data }) {
  const { viewer, path, csrf } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <script src="/live.js" type="module"></script>
      </Head>
      <Landing viewer={viewer} clock={data.clock} live={data.live} lounges={data.lounges} />
    </Shell>
  );
}
