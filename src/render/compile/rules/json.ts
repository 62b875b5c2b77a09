/** JSON, JSON5, TOML: an interpolation is a whole value, outside quotes; comments take checked words. */
import { escape, PLACEHOLDER, type Escape, type Rules } from "../interpolation.ts";

const TOKEN =
  /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|#[^\n]*|\/\*[^]*?\*\/|[\ue000\ue001\w$.+-]+/g;

/** For each placeholder the token it is in. */
function tokens(text: string): readonly string[] {
  const found: string[] = [];
  for (const [token] of text.matchAll(TOKEN)) for (const _ of token.matchAll(PLACEHOLDER)) found.push(token);
  return found;
}

export const jsonRules: Rules = (template) => {
  const around = tokens(template.linear);
  return template.interpolations.map((interpolation, index): Escape => {
    const { form, line } = interpolation;
    const token = around[index] ?? "";
    if (form === "raw") return escape("raw");
    if (/^(\/\/|\/\*|#)/.test(token)) {
      return form === "comment" ? escape("comment") : template.refuse(interpolation, "in a comment only {{comment x}}");
    }
    if (form === "comment") template.refuse(interpolation, "{{comment x}} outside a comment");
    if (!/^\ue000\d+\ue001$/.test(token))
      template.refuse(interpolation, "an interpolation is a whole value, without quotes around it");
    return form === "block" ? escape("jsonBlock", /^ */.exec(line)?.[0].length ?? 0) : escape("json");
  });
};
