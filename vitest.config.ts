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
    // Two cores are two workers: by default one is left to vitest itself, which has little to do.
    maxWorkers: "100%",
    // Modules are loaded once a worker and not once a file, which would take longer than most tests. Nothing may
    // therefore be left behind in one: what is made for a file is removed in setupFiles.
    isolate: false,
    globalSetup: ["test/support/inMemory.ts"],
    setupFiles: ["test/support/cleanUp.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
