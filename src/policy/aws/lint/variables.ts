/** A policy variable as it stands in a text. */
export interface Variable {
  /** With dollar and braces. */
  readonly text: string;
  /** Lower-case key; empty for `${*}`, `${?}` and `${$}`. */
  readonly key: string;
  readonly hasDefault: boolean;
}

/** The variables in a text of a 2012 policy. Source: "IAM policy elements: Variables and tags", AWS IAM User Guide. */
export function variablesIn(text: string): readonly Variable[] {
  if (!text.includes("${")) return [];
  return [...text.matchAll(/\$\{([^{}]*)\}/g)].map(([whole, inside = ""]) => {
    const [key = "", ...rest] = inside.split(",");
    return {
      text: whole,
      key: /^[*?$]$/.test(inside) ? "" : key.trim().toLowerCase(),
      hasDefault: rest.length > 0,
    };
  });
}
