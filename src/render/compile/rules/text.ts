import { escape, type Rules } from "../interpolation.ts";

/** One printable line each. Nothing escapes here, so nested data has no form. */
export const textRules: Rules = ({ interpolations, refuse }) =>
  interpolations.map((interpolation) => {
    const { form } = interpolation;
    if (form === "block") refuse(interpolation, "no form for nested data in this kind of file");
    return escape(form === "value" ? "text" : form);
  });
