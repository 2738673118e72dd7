import type { ComponentChildren } from "preact";
import { Logo } from "../ui/Logo.tsx";

/** Around everything of a ghost room but its inside: the house's name, and one column. */
export function GhostFrame({ children }: { children: ComponentChildren }) {
  return (
    <div class="flex min-h-screen flex-col bg-paper text-ink">
      <header class="flex h-16 shrink-0 items-center px-4 md:px-6">
        <a href="/" class="block rounded" aria-label="Parley, home">
          <Logo />
        </a>
      </header>
      <main class="mx-auto flex w-full max-w-form grow flex-col justify-center px-4 pb-16 pt-4">
        {children}
      </main>
    </div>
  );
}
