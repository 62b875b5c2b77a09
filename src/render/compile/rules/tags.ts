/** Where text has lines that mean something, block tags stand on lines of their own: they then leave no trace. */
import type { Outline } from "../interpolation.ts";

const TAG = /(?<!\\)\{\{~?(?:#|\/|\^|else\b)/;
const ALONE = /^\s*\{\{[^{}]*\}\}\s*$/;

export function refuseInlineTags({ source, refuse }: Outline): void {
  // Comments of Handlebars may talk about tags.
  const code = source.replace(/\{\{!--[^]*?--\}\}|\{\{![^]*?\}\}/g, (comment) => comment.replace(/[^\n]/g, " "));
  code.split("\n").forEach((line, index) => {
    const tag = TAG.exec(line);
    if (tag !== null && !ALONE.test(line))
      refuse({ line: index + 1, column: tag.index + 1 }, "a block tag stands on a line of its own");
  });
}
