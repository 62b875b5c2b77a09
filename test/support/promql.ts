/** Names of numbers in an expression of Prometheus, without what histograms put behind theirs. */
export function namesIn(expr: string): readonly string[] {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, "")
    .replaceAll(/\{[^}]*\}/g, "")
    .replaceAll(/\[[^\]]*\]/g, "")
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, "");
  const words = [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\s*\(|\w)/g)].map(([word]) => word);
  return [
    ...new Set(words.filter((word) => !KEYWORDS.has(word)).map((word) => word.replace(/_(?:bucket|count|sum)$/, ""))),
  ];
}

const KEYWORDS: ReadonlySet<string> = new Set(["and", "or", "unless", "bool", "offset"]);
