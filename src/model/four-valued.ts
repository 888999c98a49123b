/** The four answers there are. `conditional` names what it needs, `unknown` what could not be read. */
export type FourValued = "yes" | "conditional" | "no" | "unknown";
