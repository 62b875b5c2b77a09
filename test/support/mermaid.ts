/**
 * The part of Mermaid's flowcharts that pages use, line by line. Mermaid itself brings 180 MB of packages; that this part
 * is one of its language was seen with mermaid 12.3.0.
 */

const ID = "[a-z][a-z0-9_]*";
const TEXT = '"[^"`\\n]+"';
const HEAD = /^flowchart (?:TB|LR)$/;
const NODE = new RegExp(`^(${ID})(?:\\[${TEXT}\\]|\\(\\[${TEXT}\\]\\))$`);
const FRAME = new RegExp(`^subgraph (${ID})\\[${TEXT}\\]$`);
const ARROW = new RegExp(`^(${ID}) (?:-->|---|-\\.->)(?:\\|${TEXT}\\|)? (${ID})$`);
// Words of the language (mermaid, packages/mermaid/src/diagrams/flowchart/parser/flow.jison).
const RESERVED = new Set(["end", "graph", "subgraph", "flowchart", "default", "style", "class", "click", "direction"]);

/** Complaints, one a line; none for a picture that Mermaid draws. */
export function complaintsAbout(lines: readonly string[]): readonly string[] {
  const declared = new Set<string>();
  const complaints = HEAD.test(lines[0] ?? "") ? [] : [`begins with ${lines[0]}`];
  let depth = 0;
  for (const line of lines.slice(1).map((text) => text.trim())) {
    const [, id] = NODE.exec(line) ?? FRAME.exec(line) ?? [];
    const [, from = "", to = ""] = ARROW.exec(line) ?? [];
    if (id !== undefined) {
      if (declared.has(id)) complaints.push(`declared twice: ${id}`);
      if (RESERVED.has(id)) complaints.push(`a word of the language: ${id}`);
      declared.add(id);
      if (line.startsWith("subgraph")) depth++;
    } else if (line === "end") depth--;
    else if (from === "") complaints.push(`no line of a flowchart: ${line}`);
    else complaints.push(...[from, to].filter((end) => !declared.has(end)).map((end) => `nothing is called ${end}`));
    if (depth < 0) complaints.push("an end too many");
  }
  return depth > 0 ? [...complaints, "an end is missing"] : complaints;
}
