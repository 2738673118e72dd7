import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

/** Instead of RED lounges, for everybody who has not asked for them: that they exist, and how to ask. */
export function RedNote({ href, guest }: { href: string; guest: boolean }) {
  return (
    <section
      class="flex flex-wrap items-center gap-4 rounded-lg border border-line p-4 md:p-6"
      aria-labelledby="red-note"
    >
      <Icon name="flame" class="size-6 text-red-lounge" />
      <div class="min-w-0 grow basis-64">
        <h2 id="red-note" class="font-bold text-red-lounge">RED lounges are not shown</h2>
        <p class="text-soft">
          They are for adults who want frank talk.{" "}
          {guest ? "Come in anew and ask for them." : "Ask for them when you come in."}
        </p>
      </div>
      <ButtonLink href={href}>Ask for RED lounges</ButtonLink>
    </section>
  );
}
