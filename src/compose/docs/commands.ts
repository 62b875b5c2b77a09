/** Commands of every day, as lines of a shell with what they are for beside them. */
import type { Plan } from "../../model/plan.ts";
import { appDomain } from "../../model/zones.ts";
import type { Example } from "./requestPicture.ts";

/** In full, because it works without anything installed. */
export function everyDay(plan: Plan, example: Example | undefined, version: string): readonly string[] {
  const commands = [
    ...(example === undefined
      ? []
      : [
          {
            command: `add-route photos.${appDomain(plan)} --app ${example.route.service}`,
            what: "one more name for an app",
          },
        ]),
    { command: "apply", what: "after an edit of homelab.yaml" },
    { command: "check", what: "is anything wrong here?" },
  ];
  return aligned(
    commands.map(({ command, what }) => ({ command: `npx create-homelab-net@${version} gen ${command}`, what })),
  );
}

interface Line {
  readonly command: string;
  readonly what: string;
}

function aligned(lines: readonly Line[]): readonly string[] {
  const width = Math.max(...lines.map(({ command }) => command.length));
  return lines.map(({ command, what }) => `${command.padEnd(width)}   # ${what}`);
}
