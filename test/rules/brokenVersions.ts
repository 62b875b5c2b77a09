import { edit, type Case } from "./edits.ts";

export const versionCases: readonly Case[] = [
  {
    id: "VERSION-WINDOW",
    broken: [edit("  pods:", '  kubernetes: "1.37"\n  pods:')],
    nearMiss: [edit("  pods:", '  kubernetes: "1.36"\n  pods:')],
  },
  {
    id: "VERSION-PIN",
    broken: [edit("  pods:", '  kubernetes: "1.34"\n  pods:')],
    nearMiss: [edit("  pods:", "  kubernetes: 1.35\n  pods:")],
  },
];
