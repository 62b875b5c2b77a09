import fc from "fast-check";
import { expect, test } from "vitest";
import { complaintsAbout } from "../../../test/support/mermaid.ts";
import { mermaid } from "./mermaid.ts";

test("boxes, frames and arrows", () => {
  expect(
    mermaid({
      direction: "LR",
      parts: [
        { id: "device", lines: ["a device", "172.16.1.100"], round: true },
        { id: "lan", title: "LAN", parts: [{ id: "nas", lines: ["nas"] }] },
      ],
      arrows: [
        { from: "device", to: "nas", label: "asks" },
        { from: "nas", to: "device", style: "dotted" },
        { from: "device", to: "lan", style: "line" },
      ],
    }),
  ).toEqual([
    "flowchart LR",
    '  device(["a device<br/>172.16.1.100"])',
    '  subgraph lan["LAN"]',
    '    nas["nas"]',
    "  end",
    '  device -->|"asks"| nas',
    "  nas -.-> device",
    "  device --- lan",
  ]);
});

test("no text ends its label", () => {
  const text = fc.string({ unit: "binary", minLength: 1 }).filter((value) => value.trim() !== "");
  fc.assert(
    fc.property(text, text, text, (line, title, label) => {
      const lines = mermaid({
        direction: "TB",
        parts: [{ id: "frame", title, parts: [{ id: "box", lines: [line] }] }],
        arrows: [{ from: "frame", to: "box", label }],
      });
      expect(lines).toHaveLength(5);
      expect(complaintsAbout(lines)).toEqual([]);
    }),
  );
});
