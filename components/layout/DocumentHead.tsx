export interface DocumentHeadProps {
  /** The page's own title; the product's name follows it. */
  title?: string;
  description?: string;
}

/** `Lounges · Parley`, or the product's name alone. */
export function documentTitle(title?: string): string {
  return title ? `${title} · Parley` : "Parley";
}

const DESCRIPTION = "Lounges in twelve languages, open to everybody. Pick a name and talk.";

/** What every page has in its `<head>`. The viewport shrinks with the phone's keyboard, so the composer stays above it. */
export function DocumentHead({ title, description = DESCRIPTION }: DocumentHeadProps) {
  return (
    <>
      <meta charset="utf-8" />
      <meta
        name="viewport"
        content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
      />
      <title>{documentTitle(title)}</title>
      <meta name="description" content={description} />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbf7f0" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#17130f" />
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
      <link rel="manifest" href="/manifest.webmanifest" />
      <link
        rel="preload"
        href="/fonts/nunito-sans-5.3-latin.woff2"
        as="font"
        type="font/woff2"
        crossorigin="anonymous"
      />
    </>
  );
}
