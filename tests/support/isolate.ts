/** A node in an isolate of its own, which can die without a word: what `kill -9` is to a process. */
import { type NodeOptions, startNode } from "./node.ts";
import { before } from "./wait.ts";

type Shared = Pick<NodeOptions, "databaseUrl" | "dataDir" | "kvUrl">;

export interface MortalNode {
  origin: string;
  kill(): void;
}

export async function startMortalNode({ databaseUrl, dataDir, kvUrl }: Shared): Promise<MortalNode> {
  const worker = new Worker(import.meta.url, { type: "module", name: "mortal node" });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  const shared: Shared = { databaseUrl, dataDir, kvUrl };
  worker.postMessage(shared);
  return { origin: await before(promise, "a node in a worker"), kill: () => worker.terminate() };
}

interface WorkerScope {
  postMessage?(message: unknown): void;
  onmessage: ((event: MessageEvent<Shared>) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;
if (typeof scope.postMessage === "function" && "WorkerGlobalScope" in globalThis) {
  scope.onmessage = async ({ data }) => scope.postMessage!((await startNode(data)).origin);
}
