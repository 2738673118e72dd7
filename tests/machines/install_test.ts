import { expect } from "expect";

const ROOT = new URL("../../", import.meta.url);

/** Runs the task where neither denokv nor any program to build it with can be found. */
async function run(task: string[], dataDir: string) {
  const env = { PATH: dataDir, DENOKV: `${dataDir}/denokv`, DATA_DIR: dataDir, NO_COLOR: "1" };
  const args = ["run", "-A", "tools/denokv.ts", ...task];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT, env }).output();
  return { code, said: new TextDecoder().decode(stderr) };
}

Deno.test("the tasks of denokv say what is lacking when it cannot be built or run", async (test) => {
  const folder = await Deno.makeTempDir();
  try {
    await test.step("denokv:install", async () => {
      const { code, said } = await run(["install"], folder);
      expect(code).toBe(1);
      expect(said).toContain("cargo is lacking");
    });
    await test.step("denokv", async () => {
      const { code, said } = await run([], folder);
      expect(code).toBe(1);
      expect(said).toContain("deno task denokv:install");
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
