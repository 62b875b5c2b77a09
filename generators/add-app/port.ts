import { UserError } from "../../src/model/errors.ts";

export function parsePort(text: string, flag: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UserError(`${flag} ${text} is no port`, "a number from 1 to 65535");
}
