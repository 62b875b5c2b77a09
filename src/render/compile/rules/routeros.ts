/** RouterOS: an interpolation is the whole value of a property, `name={{x}}`; comments take checked words. */
import { escape, placeholder, type Escape, type Rules } from "../interpolation.ts";

const COMMENT = /^\s*#/;

export const routerOsRules: Rules = (template) => {
  const lines = template.linear.split("\n");
  return template.interpolations.map((interpolation, index): Escape => {
    const { form } = interpolation;
    const mark = placeholder(index);
    const line = lines.find((one) => one.includes(mark)) ?? "";
    if (form === "raw") return escape("raw");
    if (form === "block") template.refuse(interpolation, "no form for nested data in commands of RouterOS");
    if (COMMENT.test(line))
      return form === "comment" ? escape("comment") : template.refuse(interpolation, "in a comment only {{comment x}}");
    if (form === "comment") template.refuse(interpolation, "{{comment x}} outside a comment");
    const at = line.indexOf(mark);
    const isQuoted = (line.slice(0, at).match(/(?<!\\)"/g) ?? []).length % 2 === 1;
    if (isQuoted || line[at - 1] !== "=" || !/^([\s\]]|$)/.test(line.slice(at + mark.length)))
      template.refuse(interpolation, "an interpolation is the whole value of a property, behind its =");
    return escape("routeros");
  });
};
