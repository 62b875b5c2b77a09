/** Where everything stands that looks at the network. */
export const OBSERVABILITY = "observability";
