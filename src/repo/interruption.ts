/** Ctrl-C while files are being written: noted at once, acted upon where the disk is in order. */
import { setImmediate } from "node:timers/promises";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Asks whether a signal came. Lets the event loop turn once: without that none would ever be delivered. */
export type Interrupted = () => Promise<boolean>;

/** Runs `work`, during which a signal does not end the program. */
export async function heedingSignals<Result>(work: (interrupted: Interrupted) => Promise<Result>): Promise<Result> {
  let came = false;
  const note = () => {
    came = true;
  };
  const interrupted = async () => {
    await setImmediate();
    return came;
  };
  for (const signal of SIGNALS) process.on(signal, note);
  try {
    return await work(interrupted);
  } finally {
    for (const signal of SIGNALS) process.off(signal, note);
  }
}
