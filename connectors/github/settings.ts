import { z } from "zod";
import { settingsFault } from "../shared/settings-fault.ts";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** A token is never sent where others can read it on the way; stand-ins on the same machine are no way. */
const isPrivate = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
};

/** The id of a GitHub App, as its page shows it, and the name of the secret (environment variable or file) with its private key, PEM. */
const keyOfApp = { id: z.int().positive(), privateKeyFrom: z.string().min(1) };

const differ = (apps: readonly { readonly id: number }[]): boolean =>
  new Set(apps.map(({ id }) => id)).size === apps.length;

const oneOrganization = z.strictObject({
  /** Its login. */
  organization: z.string().regex(/^[\w-]+$/, "must be the login of an organization"),
  /** Name of the secret (environment variable or file) that holds the token; `GITHUB_TOKEN` where left out. */
  tokenFrom: z.string().min(1).optional(),
  /** Signs in as a GitHub App instead: not tied to a person, higher limits, and the only one to see fine-grained tokens. */
  app: z
    .strictObject({
      ...keyOfApp,
      /** The installation in the organization; asked for where left out. */
      installation: z.int().positive().optional(),
    })
    .optional(),
  /** Further apps that may be suspended and uninstalled: GitHub lets only the app itself do that. None where left out. */
  ownApps: z.array(z.strictObject(keyOfApp)).refine(differ, "names an app twice").optional(),
  /** Slug of the enterprise it belongs to: some things are shown there only, and to its owners. */
  enterprise: z
    .string()
    .regex(/^[\w-]+$/, "must be the slug of an enterprise, as in github.com/enterprises/<slug>")
    .optional(),
  /** Only for GitHub Enterprise Server (`https://host/api/v3`) and stand-ins. */
  baseUrl: z.string().refine(isPrivate, "must be an https address").optional(),
});

const organizationSettings = oneOrganization
  .refine(({ tokenFrom, app }) => tokenFrom === undefined || app === undefined, {
    error: "names both `tokenFrom` and `app`: leave one of them out, an app signs in without a token",
  })
  .transform((one) => ({ ...one, tokenFrom: one.tokenFrom ?? "GITHUB_TOKEN" }));

const githubSettings = z.strictObject({ organizations: z.array(organizationSettings).min(1) });

/** One organization to read. */
export type OrganizationSettings = z.infer<typeof organizationSettings>;

/** An app whose key is named, so that we can sign in as it. */
export type KeyOfApp = z.infer<z.ZodObject<typeof keyOfApp>>;

/** Checks the settings under `connectors.github`; throws `settings` with the place in the configuration. */
export function parseGitHubSettings(value: unknown): z.infer<typeof githubSettings> {
  const result = githubSettings.safeParse(value);
  if (result.success) return result.data;
  throw settingsFault(
    "github",
    githubSettings,
    result.error.issues,
    "connectors: { github: { organizations: [{ organization: your-org, tokenFrom: GITHUB_TOKEN }] } }",
  );
}
