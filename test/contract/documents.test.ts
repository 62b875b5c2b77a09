/** Every page of every network: what it names is there, what it says can be run, what it draws is drawn. */
import { describe, expect, it } from "vitest";
import { programTable } from "../../src/cli/table.ts";
import { emittedCatalog, emittedNetworks } from "../fixtures/emitted.ts";
import { fencesOf } from "../support/markdown.ts";
import {
  badPictures,
  brokenLinks,
  missingFiles,
  pagesOf,
  unknownCommands,
  unknownUrls,
  wideLines,
  type Page,
} from "./documents.ts";

const program = programTable("0.0.0", "", emittedCatalog);

/** Wide tables of a page that has another reader: the one at the hypervisor. */
const WIDE = ["docs/proxmox.md"];

describe.each(emittedNetworks)("the pages of $name", (network) => {
  const pages = pagesOf(network);

  it.each(pages)("$path", (page) => {
    expect({
      links: brokenLinks(page, network),
      urls: unknownUrls(page, network),
      files: missingFiles(page, network),
      commands: unknownCommands(page, network, program),
      pictures: badPictures(page),
    }).toEqual({ links: [], urls: [], files: [], commands: [], pictures: [] });
  });
  it("are no wider than 120 columns outside code", () => {
    const narrow = pages.filter(({ path }) => !WIDE.some((wide) => path.endsWith(wide)));
    expect(narrow.flatMap((page) => wideLines(page).map((line) => `${page.path}: ${line}`))).toEqual([]);
  });
  it("are all reached from the README", () => {
    const readme = pages.find(({ path }) => path === `${network.prefix}README.md`)?.content ?? "";
    for (const { path } of pages)
      if (!path.endsWith("/README.md") && path !== "README.md")
        expect(readme).toContain(`(${path.slice(network.prefix.length)})`);
  });
  it("draw the network and a request", () => {
    const readme = pages.find(({ path }) => path === `${network.prefix}README.md`)?.content ?? "";
    expect(fencesOf(readme, "mermaid")).toHaveLength(2);
  });
  it("have no signs beyond the letters of their language", () => {
    for (const { content, path } of pages) expect(content, path).not.toMatch(/\p{Extended_Pictographic}/u);
  });
});

describe("a page that is wrong is found", () => {
  const network = emittedNetworks[0];
  if (network === undefined) throw new Error("there is no network");
  const page = (content: string): Page => ({ path: "docs/wrong.md", content });

  it.each([
    ["[there](nowhere.md)", "nowhere.md"],
    ["[there](../docs/dns.md#part)", undefined],
  ])("%s", (content, found) => expect(brokenLinks(page(content), network)).toEqual(found === undefined ? [] : [found]));

  it.each([
    ["see https://example.com/x", "https://example.com/x"],
    ["see https://ragas.cc.example.com", "https://ragas.cc.example.com"],
    ["see <http://echo.ragas.cc>.", undefined],
  ])("%s", (content, found) => expect(unknownUrls(page(content), network)).toEqual(found === undefined ? [] : [found]));

  it.each([
    ["`kubernetes/apps/nowhere/app`", "kubernetes/apps/nowhere/app"],
    ["`bootstrap/other.sh`", "bootstrap/other.sh"],
    ["`kubernetes/apps/NAMESPACE/app` and `kubernetes/apps`", undefined],
  ])("%s", (content, found) =>
    expect(missingFiles(page(content), network)).toEqual(found === undefined ? [] : [found]),
  );

  it.each([
    ["`gen fly`", "gen fly"],
    ["`gen check --strictly`", "gen check --strictly"],
    ["```sh\nbootstrap/talos.sh config fly\n```", "bootstrap/talos.sh config fly"],
    ["```sh\nnpx create-homelab-net@1.0.0 gen fly   # up\n```", "npx create-homelab-net@1.0.0 gen fly"],
    ["```sh\nkubectl get pods | jq .\n```", "jq ."],
    ["`just fly`", "just fly"],
    ["`gen check --strict`, `just talos`, and\n\n   ```sh\n   bootstrap/talos.sh config\n   ```", undefined],
  ])("%s", (content, found) =>
    expect(unknownCommands(page(content), network, program)).toEqual(found === undefined ? [] : [found]),
  );

  it.each([
    ["flowchart TB\n  a --> b", ["nothing is called a", "nothing is called b"]],
    ['flowchart TB\n  a["x"]\n  a["y"]', ["declared twice: a"]],
    ['flowchart TB\n  subgraph a["x"]', ["an end is missing"]],
    ['flowchart TB\n  end["x"]', ["a word of the language: end"]],
    ["graph\n  a[x(y)]", ["begins with graph", "no line of a flowchart: a[x(y)]"]],
    ['flowchart LR\n  a["x"]\n  b(["y"])\n  a -->|"to"| b', []],
  ])("%s", (picture, found) => expect(badPictures(page(`\`\`\`mermaid\n${picture}\n\`\`\`\n`))).toEqual(found));

  it("a long line, but not in code", () => {
    const long = "word ".repeat(25).trim();
    expect(wideLines(page(`${long}\n\n\`\`\`sh\n${long}\n\`\`\`\n`))).toEqual([long]);
  });
});
