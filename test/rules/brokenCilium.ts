/** Combinations of options that the agents of Cilium do not start with. */
import { edit, type Case } from "./edits.ts";

const GENEVE = edit("routing: native", "routing: geneve");

export const ciliumCases: readonly Case[] = [
  {
    id: "CIL-01",
    broken: [edit("routing: native", "routing: vxlan")],
    nearMiss: [edit("routing: native", "routing: vxlan"), edit("mode: dsr", "mode: snat")],
  },
  {
    id: "CIL-01",
    broken: [edit("routing: native", "routing: vxlan"), edit("mode: dsr", "mode: hybrid, dispatch: geneve")],
    nearMiss: [GENEVE, edit("mode: dsr", "mode: hybrid, dispatch: geneve")],
  },
  { id: "CIL-02", broken: [GENEVE], nearMiss: [GENEVE, edit("mode: dsr", "mode: dsr, dispatch: geneve")] },
  {
    id: "CIL-02",
    broken: [GENEVE, edit("mode: dsr", "mode: hybrid")],
    nearMiss: [GENEVE, edit("mode: dsr", "mode: snat")],
  },
];
