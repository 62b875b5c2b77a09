/** Shell: an interpolation is a word or the unquoted end of one, such as `--name={{x}}`. */
import { escape, placeholder, type Escape, type Rules } from "../interpolation.ts";
import { shellPlaces } from "./shellPlaces.ts";
import { refuseInlineTags } from "./tags.ts";

export const shellRules: Rules = (template) => {
  refuseInlineTags(template);
  const places = shellPlaces(template.linear);
  return template.interpolations.map((interpolation, index): Escape => {
    const { form } = interpolation;
    const place = places.get(placeholder(index));
    if (form === "raw") return escape("raw");
    if (form === "block") template.refuse(interpolation, "no form for nested data in a shell script");
    if (place === "in a comment") {
      return form === "comment" ? escape("comment") : template.refuse(interpolation, "in a comment only {{comment x}}");
    }
    if (form === "comment") template.refuse(interpolation, "{{comment x}} outside a comment");
    if (place !== "as a word")
      template.refuse(interpolation, `an interpolation is a whole word; here it stands ${place ?? "where none is"}`);
    return escape("shell");
  });
};
