/** Types of browsers that the package names and this program has no use for. */
import type { webcrypto } from "node:crypto";

declare global {
  type CryptoKey = webcrypto.CryptoKey;
  interface AuthenticationExtensionsPRFValues {
    first: ArrayBuffer;
    second?: ArrayBuffer;
  }
}
