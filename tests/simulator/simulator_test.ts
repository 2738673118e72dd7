import { SHORT } from "./sizes.ts";
import { isGood, tableOf } from "./report.ts";
import { simulate } from "./simulation.ts";

Deno.test("no promise is broken when everything fails now and then", async () => {
  const seed = Number(Deno.env.get("SIM_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
  console.log(`SIM_SEED=${seed} runs this again`);
  const report = await simulate({ ...SHORT, seed, say: () => {} });
  console.log(tableOf(report));
  if (!isGood(report)) {
    throw new Error([...report.descriptions, ...report.plan, ...report.lastLines].join("\n"));
  }
});
