/** Files in a room, as somebody at a screen sends and sees them. */
import { Buffer } from "node:buffer";
import type { Locator } from "playwright-core";
import type { Seat } from "./at_screens.ts";
import type { Bytes } from "./pictures.ts";
import { until } from "./wait.ts";

export interface Chosen {
  name: string;
  /** As the sender's machine believes. */
  type?: string;
  bytes: Bytes;
}

/** By the button in the composer. */
export async function choose({ page }: Pick<Seat, "page">, ...files: Chosen[]): Promise<void> {
  const given = files.map(({ name, type = "application/octet-stream", bytes }) => ({
    ...{ name, mimeType: type, buffer: Buffer.from(bytes) },
  }));
  await page.getByLabel(/^Attach files/).setInputFiles(given);
}

export function trayOf({ page }: Pick<Seat, "page">): Locator {
  return page.getByRole("list", { name: "Files for this message" });
}

/** Waits until this many files are in the room, waiting for their message. */
export async function ready(seat: Pick<Seat, "page">, count: number): Promise<void> {
  await until(`${count} files in the tray, none on its way`, async () => {
    const tray = trayOf(seat);
    return await tray.locator("li").count() === count && await tray.getByRole("progressbar").count() === 0;
  });
}

export async function press({ page }: Pick<Seat, "page">): Promise<void> {
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** Waits until a picture of the conversation is drawn. */
export async function drawn({ page }: Pick<Seat, "page">, name: string): Promise<Locator> {
  const picture = page.locator("article").getByRole("img", { name }).last();
  await until(
    `${name} to be drawn`,
    () =>
      picture.evaluate((image: HTMLImageElement) =>
        image.complete && image.naturalWidth > 0 && image.clientWidth > 0
      ),
  );
  return picture;
}

/** Real files that are dragged from the machine over the page, and dropped or taken out of the window again. */
export async function drag({ page, person }: Pick<Seat, "page" | "person">, files: string[], at: Locator) {
  const session = await person.context.newCDPSession(page);
  const box = (await at.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const data = { items: [], files, dragOperationsMask: 1 };
  const tell = (type: "dragEnter" | "dragOver" | "drop") =>
    session.send("Input.dispatchDragEvent", { type, x, y, data });
  await tell("dragEnter");
  await tell("dragOver");
  // The debugger's own way of taking them away tells the page nothing; browsers tell it so.
  const leave = () =>
    page.evaluate(() => void document.body.dispatchEvent(new DragEvent("dragleave", { bubbles: true })));
  return { drop: () => tell("drop"), leave };
}

/** The bytes that an address gives to somebody's browser, and under which status. */
export async function fetched({ page }: Pick<Seat, "page">, url: string) {
  const { status, bytes, type } = await page.evaluate(async (url) => {
    const answer = await fetch(url);
    const bytes = [...new Uint8Array(await answer.arrayBuffer())];
    return { status: answer.status, bytes, type: answer.headers.get("content-type") };
  }, url);
  return { status, type, bytes: Uint8Array.from(bytes) };
}
