import type { LinkPreview } from "../../lib/protocol/types.ts";

/** Where it leads, when the page does not say what it belongs to. */
function siteOf({ url, siteName }: LinkPreview): string {
  return siteName ?? new URL(url).host;
}

/** Beside the words on a place of its own, so that nothing moves when it comes. */
function Picture({ image }: { image: NonNullable<LinkPreview["image"]> }) {
  return (
    <img
      src={image.url}
      width={image.width}
      height={image.height}
      alt=""
      loading="lazy"
      decoding="async"
      class="size-16 shrink-0 rounded-sm bg-sunken object-cover sm:size-20"
    />
  );
}

function Card({ preview }: { preview: LinkPreview }) {
  const { url, title, description, image } = preview;
  return (
    <div class="flex w-full max-w-[432px] items-start gap-3 rounded border border-line bg-raised p-3 text-sm">
      <div class="min-w-0 grow">
        <p class="truncate text-xs text-soft" dir="auto">{siteOf(preview)}</p>
        <p class="two-lines mt-0.5 font-semibold" dir="auto">
          <a
            href={url}
            target="_blank"
            rel="noopener nofollow ugc"
            class="ring-inside rounded-sm text-accent-text hover:underline"
          >
            {title}
          </a>
        </p>
        {description && <p class="two-lines mt-0.5 text-soft" dir="auto">{description}</p>}
      </div>
      {image && <Picture image={image} />}
    </div>
  );
}

/** What stands behind a message's links, in those pages' own words. */
export function LinkPreviews({ previews }: { previews: readonly LinkPreview[] }) {
  return (
    <ul class="mt-1 flex flex-col gap-1" aria-label="Previews of links">
      {previews.map((preview) => (
        <li key={preview.url}>
          <Card preview={preview} />
        </li>
      ))}
    </ul>
  );
}
