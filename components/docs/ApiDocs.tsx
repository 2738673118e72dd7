import { Badge } from "../ui/Badge.tsx";
import { Panel } from "../ui/Panel.tsx";
import { TextLink } from "../ui/TextLink.tsx";
import { Page } from "../layout/Page.tsx";

/** One parameter, or one field of a body. */
interface Line {
  name: string;
  kind: string;
  required: boolean;
}

interface Endpoint {
  id: string;
  method: string;
  path: string;
  /** Paragraphs; code stands between backticks. */
  description: string[];
  parameters: Line[];
  /** The ways to fill the body. */
  bodies: Line[][];
}

export interface ApiArea {
  name: string;
  endpoints: Endpoint[];
}

const TITLES: Record<string, string> = {
  api: "This description",
  auth: "Coming in",
  chatroom: "Lounges, rooms and messages",
  me: "One's own account",
};

/** Every endpoint, by area, with what it takes. */
export function ApiDocs({ areas }: { areas: ApiArea[] }) {
  return (
    <Page
      title="The REST interface"
      lead={
        <>
          Made from the schemas that validate. For programs:{" "}
          <TextLink href="/api/openapi.json">openapi.json</TextLink>
        </>
      }
    >
      <div class="flex flex-col gap-6">
        {areas.map(({ name, endpoints }) => (
          <Panel key={name} id={`area-${name}`} title={TITLES[name] ?? name}>
            {endpoints.map((endpoint) => <EndpointView key={endpoint.id} {...endpoint} />)}
          </Panel>
        ))}
      </div>
    </Page>
  );
}

function EndpointView({ id, method, path, description, parameters, bodies }: Endpoint) {
  return (
    <article id={id} aria-labelledby={`${id}-title`} class="border-t border-line pt-4">
      <h3 id={`${id}-title`} class="flex flex-wrap items-center gap-2 font-bold">
        <Badge tone={method === "GET" ? "good" : "accent"}>{method}</Badge>
        <code class="min-w-0 break-words">{path}</code>
      </h3>
      {description.map((text) => (
        <p key={text} class="mt-1 break-words text-soft">
          <Prose text={text} />
        </p>
      ))}
      {parameters.length > 0 && <Lines title="In the address" lines={parameters} />}
      {bodies.map((lines, at) => <Lines key={at} title={at === 0 ? "Body" : "Or"} lines={lines} />)}
    </article>
  );
}

function Lines({ title, lines }: { title: string; lines: Line[] }) {
  return (
    <div class="mt-3">
      <p class="text-sm font-bold">{title}</p>
      <ul class="mt-1 flex flex-col gap-1 text-sm">
        {lines.map(({ name, kind, required }) => (
          <li key={name} class="break-words">
            <code class="font-bold">{name}</code>{" "}
            <span class="text-soft">{kind}{!required && ", optional"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What stands between backticks is code. */
function Prose({ text }: { text: string }) {
  return <>{text.split("`").map((part, at) => at % 2 === 1 ? <code key={at}>{part}</code> : part)}</>;
}
