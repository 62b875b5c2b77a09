/** HCL: an interpolation is a whole value, outside quotes and templates; comments take checked words. */
import { escape, placeholder, type Escape, type Rules } from "../interpolation.ts";
import { hclPlaces } from "./hclPlaces.ts";
import { refuseInlineTags } from "./tags.ts";

export const hclRules: Rules = (template) => {
  refuseInlineTags(template);
  const places = hclPlaces(template.linear);
  return template.interpolations.map((interpolation, index): Escape => {
    const { form, line } = interpolation;
    const place = places.get(placeholder(index));
    if (form === "raw") return escape("raw");
    if (place === "in a comment") {
      return form === "comment" ? escape("comment") : template.refuse(interpolation, "in a comment only {{comment x}}");
    }
    if (form === "comment") template.refuse(interpolation, "{{comment x}} outside a comment");
    if (place !== "as a value")
      template.refuse(interpolation, `an interpolation is a whole value; here it stands ${place ?? "where none is"}`);
    return form === "block" ? escape("hclBlock", /^ */.exec(line)?.[0].length ?? 0) : escape("hcl");
  });
};
