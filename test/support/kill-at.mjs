// Loaded before the program: ends it, as a power cut would, at the n-th rename. KILL_AT names n, counted from one.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const at = Number(process.env.KILL_AT);
const { renameSync } = fs;
let calls = 0;

// What the program changes on disk it changes synchronously (src/repo/effects.ts).
fs.renameSync = (...args) => {
  calls += 1;
  if (calls === at) process.kill(process.pid, "SIGKILL");
  return renameSync(...args);
};
syncBuiltinESMExports();
