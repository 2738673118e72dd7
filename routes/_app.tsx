import type { ComponentChildren } from "preact";
import "virtual:parley.css";
import { DocumentHead } from "../components/layout/DocumentHead.tsx";

export default function App({ children }: { children: ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <DocumentHead />
      </head>
      <body>{children}</body>
    </html>
  );
}
