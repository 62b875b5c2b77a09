/** Runs with every test file, also where files share their modules: no folder, spy or variable goes on to the next. */
import { afterAll, vi } from "vitest";
import { removeTemporaryFolders } from "./workspace.ts";

afterAll(() => {
  removeTemporaryFolders();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
