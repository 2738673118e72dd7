import { Banner } from "../ui/Banner.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { MePage } from "./MePage.tsx";

/** Recovery codes, the one time they can be read. */
export function RecoveryCodesPage({ path, codes }: { path: string; codes: string[] }) {
  return (
    <MePage
      path={path}
      title="Your recovery codes"
      lead="Each opens your account once, in place of the app's code. Keep them where your phone is not: on paper, or in your password manager."
    >
      <div class="overflow-hidden rounded" role="status">
        <Banner tone="warn" icon="alert">
          <span>They are shown this once. Older ones are void.</span>
        </Banner>
      </div>
      <ul class="grid grid-cols-1 gap-2 rounded-lg border border-line bg-raised p-4 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>
            <code class="select-all text-lg font-bold tabular-nums" data-recovery-code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <ButtonLink kind="primary" href="/me/security">I have kept them</ButtonLink>
      </p>
    </MePage>
  );
}
