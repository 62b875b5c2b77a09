/** The programs this repository is worked with: are they there, and of a version that fits? */
import type { Audit } from "../audit/audit.ts";
import { installedVersion } from "../audit/versions/mise.ts";
import type { Pin } from "../model/unit.ts";
import { numbersOf } from "../model/version.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type ProgramAnswer, type ProgramQuestion, type Untold } from "./question.ts";

export const missingTool: Audit = {
  id: "DOCTOR-TOOL-MISSING",
  severity: "error",
  title: "A program that this repository is worked with is not there.",
  because: "The steps of docs/bootstrap.md, or gen check, stop where they need it.",
  source: ".mise/config.toml of the repository",
};

export const otherVersion: Audit = {
  id: "DOCTOR-TOOL-VERSION",
  severity: "warning",
  title: "A program is of another version than the repository is made for.",
  because: "Its flags, and the files it writes and understands, differ between versions.",
  source: ".mise/config.toml of the repository; Kubernetes documentation, Version Skew Policy",
};

function versionQuestion(pin: Pin): ProgramQuestion {
  const [command, ...args] = pin.versionCommand?.split(" ") ?? [];
  if (command === undefined) throw new Error(`pin ${pin.id} does not say how its version is asked for`);
  return { kind: "program", command, args };
}

/** `installed`: the text of mise's configuration in the repository, where Renovate moves versions after they were written. */
export const toolProbes = (pins: readonly Pin[], installed: string): readonly Probe[] =>
  pins.map((pin) => {
    const question = versionQuestion(pin);
    const wanted = { ...pin, version: installedVersion(installed, pin.id)?.version ?? pin.version };
    return { area: "tools", questions: [question], judge: (answers) => [judgeTool(wanted, answers.to(question))] };
  });

function judgeTool(pin: Pin, answer: ProgramAnswer | Untold): Verdict {
  const { command } = versionQuestion(pin);
  if (isUntold(answer)) {
    return answer.how === "missing"
      ? wrong(missingTool, {
          message: `${command} is not installed, or not on PATH`,
          fix: `mise install, or install ${command} ${pin.version}`,
        })
      : unknown(`the version of ${command}`, answer.untold);
  }
  // Helm and kubectl write warnings to the same place at times; the first version is the program's own.
  const found = /v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?/.exec(answer.stdout)?.[0];
  if (found === undefined) return unknown(`the version of ${command}`, "it does not say one");
  const difference = differs(found, pin);
  return difference === undefined
    ? fine(`${command} ${found}`)
    : wrong(otherVersion, {
        message: `${command} is ${found}, ${difference} than ${pin.version}, which this repository is made for`,
        fix: `mise install, or install ${command} ${pin.version}`,
      });
}

/** Older by a minor version, newer by a major one; where minor versions are counted, more of them apart than may be. */
function differs(found: string, { version, minorsApart }: Pin): "older" | "newer" | undefined {
  const [major = 0, minor = 0] = numbersOf(found);
  const [wantedMajor = 0, wantedMinor = 0] = numbersOf(version);
  if (major !== wantedMajor) return major < wantedMajor ? "older" : "newer";
  const apart = minor - wantedMinor;
  if (apart < -(minorsApart ?? 0)) return "older";
  return minorsApart !== undefined && apart > minorsApart ? "newer" : undefined;
}
