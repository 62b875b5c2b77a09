/** The clocks: certificates of a new cluster are valid from now on, and a machine that believes in yesterday refuses them. */
import type { Audit } from "../audit/audit.ts";
import type { Plan } from "../model/plan.ts";
import { fine, unknown, wrong, type Probe, type Verdict } from "./probe.ts";
import { isUntold, type TimeAnswer, type TimeQuestion, type Untold } from "./question.ts";

export const otherClock: Audit = {
  id: "DOCTOR-TIME-CLOCK",
  severity: "warning",
  title: "The clock of this machine is wrong.",
  because: "Certificates that are made now look expired, or not valid yet, to one of the two sides.",
  source: "RFC 5280 section 4.1.2.5, validity",
};

export const silentTime: Audit = {
  id: "DOCTOR-TIME-SILENT",
  severity: "warning",
  title: "A time server of lan.ntp does not answer.",
  because: "A node that cannot learn the time waits with etcd until it does.",
  source: "Talos documentation, Troubleshooting: etcd and time synchronisation",
};

// More than a slow answer can explain, less than certificates forgive.
const MOST_MILLISECONDS = 10_000;

export const timeProbes = ({ lan }: Plan): readonly Probe[] =>
  lan.ntp.map((server, index) => {
    const question: TimeQuestion = { kind: "time", server };
    return {
      area: "time",
      questions: [question],
      judge: (answers) => [judgeTime(server, index, answers.to(question))],
    };
  });

function judgeTime(server: string, index: number, answer: TimeAnswer | Untold): Verdict {
  const paths = [`lan.ntp.${index}`];
  if (isUntold(answer)) {
    return answer.how === "silent"
      ? wrong(silentTime, {
          message: `time server ${server} does not answer this machine`,
          paths,
          fix: "let UDP port 123 out at the router, or name another server in lan.ntp",
        })
      : unknown(`whether time server ${server} answers`, answer.untold);
  }
  const seconds = Math.round(Math.abs(answer.ahead) / 1000);
  if (Math.abs(answer.ahead) <= MOST_MILLISECONDS) return fine(`${server} has the time, and this machine too`);
  return wrong(otherClock, {
    message: `the clock of this machine is ${seconds} seconds ${answer.ahead > 0 ? "ahead of" : "behind"} ${server}`,
    fix: "let the system set it by NTP",
  });
}
