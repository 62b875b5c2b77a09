/** What is going to be asked, before it is. */
import { columns } from "./wrap.ts";

interface Asks {
  readonly area: string;
  readonly asks: string;
}

export function announcement(asks: readonly Asks[], width: number): string {
  const rows = asks.map(({ area, asks: words }, index) => [asks[index - 1]?.area === area ? "" : area, words]);
  return `\n  Asks, and changes nothing:\n${columns(rows, "  ", width)}\n`;
}
