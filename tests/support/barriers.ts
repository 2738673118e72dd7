import axe from "axe-core";
import type { Page } from "playwright-core";

/** What is wrong with a page for those who cannot see it, or not well, or use no mouse (WCAG 2.2 AA and good habits). */
export async function barriers(page: Page): Promise<string[]> {
  // As tall as the page, so that nothing lies under what is fixed to the screen's edge only because of where it is cut.
  const size = page.viewportSize()!;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
  // Evaluated by the browser's own hand, so the page's policy stays as strict as it is.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      // Of what is well, it need not describe each place.
      resultTypes: ["violations"],
    });
    return violations;
  });
  await page.setViewportSize(size);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`)
  );
}

/** Pixels by which a page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return await page.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth
  );
}
