/** Markdown: running text, code, fenced blocks and link destinations each take another form. */
import { escape, PLACEHOLDER, type Escape, type Interpolation, type Rules } from "../interpolation.ts";

type Place = "text" | "code" | "fence" | "link" | "html" | "info";

const FENCE = /^[\s>*+-]*(`{3,}|~{3,})(.*)$/;
const SPANS: readonly (readonly [Place, RegExp])[] = [
  ["code", /(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g],
  ["link", /\]\([^)]*\)|^\s*\[[^\]]*\]:.*$|<https?:[^>]*>/g],
  ["html", /<[A-Za-z/!][^>]*>/g],
];

function placesOf(text: string): readonly { place: Place; inTable: boolean }[] {
  const places: { place: Place; inTable: boolean }[] = [];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const [, marks = "", info = ""] = FENCE.exec(line) ?? [];
    const wasFenced = fence !== undefined;
    if (marks !== "" && fence === undefined) fence = marks;
    else if (marks !== "" && fence !== undefined && marks.startsWith(fence) && info.trim() === "") fence = undefined;
    const whole: Place | undefined = wasFenced ? "fence" : marks !== "" ? "info" : undefined;

    const inTable = /^\s*\|/.test(line);
    const taken: Place[] = [];
    for (const [place, pattern] of whole === undefined ? SPANS : [])
      for (const { 0: span, index } of line.matchAll(pattern))
        for (let at = index; at < index + span.length; at++) taken[at] ??= place;
    for (const { index } of line.matchAll(PLACEHOLDER))
      places.push({ place: whole ?? taken[index] ?? "text", inTable });
  }
  return places;
}

function escapeIn(place: Place, inTable: boolean, refuse: (message: string) => never): Escape {
  if (place === "info") return refuse("in the line that opens a code block");
  if (place === "html") return refuse("inside an HTML tag or comment");
  if (place === "code") return escape("markdownCode", inTable);
  return escape({ text: "markdown", fence: "markdownFence", link: "markdownLink" }[place]);
}

export const markdownRules: Rules = (template) => {
  const places = placesOf(template.linear);
  return template.interpolations.map((interpolation: Interpolation, index): Escape => {
    const { place, inTable } = places[index] ?? { place: "text", inTable: false };
    const { form } = interpolation;
    if (form === "raw") return escape("raw");
    if (form !== "value") template.refuse(interpolation, `{{${form} x}} has no form in Markdown`);
    return escapeIn(place, inTable, (message) =>
      template.refuse(interpolation, `an interpolation cannot stand ${message}`),
    );
  });
};
