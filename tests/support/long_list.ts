/** A long conversation on somebody's screen: where they are in it, and what of it is in the page. */
import type { Locator, Page } from "playwright-core";
import { until } from "./wait.ts";

export interface Drawn {
  /** Of the messages in the page, in its order. */
  seqs: number[];
  /** Elements of the whole page. */
  elements: number;
  /** Pixels left above and below the view, in what is loaded. */
  above: number;
  below: number;
}

export class LongList {
  readonly list: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole("region", { name: "Messages", exact: true });
  }

  /** What is there once two frames have been painted. */
  look(): Promise<Drawn> {
    return this.list.evaluate(async (list) => {
      const frame = () => new Promise(requestAnimationFrame);
      await frame();
      await frame();
      const seqs = [...list.querySelectorAll("article[id^=m-]")].map(({ id }) =>
        Number(id.split("-").at(-1))
      );
      return {
        seqs,
        elements: document.getElementsByTagName("*").length,
        above: list.scrollHeight - list.clientHeight + list.scrollTop,
        below: Math.abs(list.scrollTop),
      };
    });
  }

  /** Scrolls by so many screens; negative ones lead up. */
  async scroll(screens: number): Promise<Drawn> {
    await this.list.evaluate((list, screens) => list.scrollTop += screens * list.clientHeight, screens);
    return await this.look();
  }

  /** Scrolls until nothing is left in that direction, looking at each step. `isLast` says that nothing more will come. */
  async walk(screens: number, isLast: () => Promise<boolean>, each: (drawn: Drawn) => void): Promise<void> {
    for (;;) {
      const drawn = await this.scroll(screens);
      each(drawn);
      if ((screens < 0 ? drawn.above : drawn.below) > 1) continue;
      if (await isLast()) return;
      await until("more messages", async () => {
        const { above, below } = await this.look();
        return (screens < 0 ? above : below) > 1 || await isLast();
      });
    }
  }

  /** The beginning of the room is loaded. */
  async begins(): Promise<boolean> {
    return await this.page.getByText("This is where").count() > 0;
  }

  /** The first message below the top of the view, or below its middle. */
  onScreen(where: "top" | "middle"): Promise<string> {
    return this.list.evaluate((list, where) => {
      const { top, height } = list.getBoundingClientRect();
      const edge = where === "top" ? top : top + height / 2;
      const rows = [...list.querySelectorAll("article[id^=m-]")];
      return rows.find((row) => row.getBoundingClientRect().top >= edge)!.id;
    }, where);
  }

  /** Pixels from the list's lower edge up to what that message says, once two frames have been painted. */
  async placeOf(id: string): Promise<number> {
    await this.look();
    return await this.list.evaluate((list, id) => {
      const article = document.getElementById(id)!;
      const said = article.querySelector(".words") ?? article.querySelector("img") ?? article;
      return list.getBoundingClientRect().bottom - said.getBoundingClientRect().top;
    }, id);
  }
}
