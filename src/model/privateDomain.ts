// Names nobody can own on the internet: special-use names (IANA registry; RFC 2606, 6761, 6762, 8375), .internal
// (ICANN, reserved for private use in 2024), and what routers hand out.
const PRIVATE = [
  "local",
  "internal",
  "home.arpa",
  "lan",
  "home",
  "corp",
  "localdomain",
  "localhost",
  "test",
  "example",
  "invalid",
];

/** The suffix that keeps a domain off the internet; undefined for one that may be there. */
export const privateSuffix = (domain: string): string | undefined =>
  PRIVATE.find((suffix) => domain === suffix || domain.endsWith(`.${suffix}`));
