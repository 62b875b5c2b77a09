import { configDefaults, defineConfig } from "vitest/config";
import { leftOut } from "./test/support/levels.ts";

// Levels that need a folder or tools this machine was not given; said aloud, because what did not run proves nothing.
const { exclude, notes } = leftOut(process.env);
for (const note of notes) console.log(note);

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "generators/**/*.test.ts", "test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...exclude],
    // Tests of the terminal and of processes start programs of their own; on two cores five seconds are short.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
