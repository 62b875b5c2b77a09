// Loaded before the program: ends it, as a power cut would, at the n-th rename. KILL_AT names n, counted from one.
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const at = Number(process.env.KILL_AT);
const { rename } = promises;
let calls = 0;

promises.rename = (...args) => {
  calls += 1;
  if (calls === at) process.kill(process.pid, "SIGKILL");
  return rename(...args);
};
syncBuiltinESMExports();
