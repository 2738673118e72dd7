/** The first stop of the Tab key: past what repeats on every page. */
export function SkipLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      class="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded focus:bg-accent focus:px-4 focus:py-2 focus:font-bold focus:text-accent-ink"
    >
      {children}
    </a>
  );
}
