import { S3Error, S3Requests, type S3Settings } from "./s3_requests.ts";
import { demandKey, type Storage } from "./storage.ts";

export type { S3Settings };

const REMOVED_AT_ONCE = 10;

/** Files as objects of a bucket, addressed by path (`endpoint/bucket/key`). */
export function createS3Storage(settings: S3Settings): Storage {
  const requests = new S3Requests(settings);
  const remove = async (key: string) => {
    const answer = await requests.object(key, { method: "DELETE" });
    await answer?.body?.cancel();
  };
  return {
    async put(key, bytes, type) {
      const body = bytes as Uint8Array<ArrayBuffer>;
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
      const headers = { "content-type": type, "x-amz-content-sha256": hash.toHex() };
      const answer = await requests.object(key, { method: "PUT", headers, body });
      if (!answer) throw new S3Error("404");
      await answer.body?.cancel();
    },
    putStream: (key, bytes, file) => requests.putStream(key, bytes, file),
    async get(key) {
      const answer = await requests.object(key);
      return answer && { bytes: new Uint8Array(await answer.arrayBuffer()), type: typeOf(answer) };
    },
    async open(key, range) {
      const headers: HeadersInit = range ? { range: `bytes=${range.first}-${range.last}` } : {};
      const answer = await requests.object(key, { headers });
      return answer?.body ? { bytes: answer.body, type: typeOf(answer) } : null;
    },
    remove,
    async removeFolder(folder) {
      demandKey(folder);
      for (;;) {
        const found = await requests.someKeys(`${folder}/`);
        if (found.length === 0) return;
        while (found.length > 0) await Promise.all(found.splice(0, REMOVED_AT_ONCE).map(remove));
      }
    },
  };
}

function typeOf({ headers }: Response): string {
  return headers.get("content-type") ?? "application/octet-stream";
}
