import { expect } from "expect";
import { qrCode } from "../../lib/client/qr.ts";

Deno.test("a QR code of a whole ghost link has a quiet zone and a path within its square", async () => {
  const { size, path } = await qrCode(`https://parley.example/g/ghost-abcdefgh12345678#k=${"A".repeat(43)}`);
  const squares = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(squares.length).toBeGreaterThan(300);
  expect(path).toBe(squares.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join(""));
  const margin = squares.every(([x, y]) => [x!, y!].every((at) => at >= 2 && at < size - 2));
  expect(margin).toBe(true);
});
