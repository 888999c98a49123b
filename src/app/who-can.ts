import { githubBridge } from "../graph/bridge/github-bridge.ts";
import { sourcesOf } from "../graph/escalation/search.ts";
import { MayQuestions, type MayQuestion } from "../graph/questions/may.ts";
import type { Layer, OpenCondition } from "../policy/aws/decision.ts";
import type { UnknownContext } from "../policy/aws/given-context.ts";
import { layersInOrder } from "./assumed.ts";
import { answeredProviders, tokenBringers } from "./token-bringers.ts";
import { askedAction, askedResource } from "./asked-request.ts";
import { askedRole } from "./asked-role.ts";
import { askersOf, holdingEngine, type Questioned } from "./questions.ts";

/** The answer of `who-can`. */
export interface WhoCanDocument {
  readonly schema: "leastwise/who-can@1";
  readonly action: string;
  readonly resource: string;
  readonly principals: readonly {
    readonly principal: string;
    readonly principalId: string;
    readonly answer: "yes" | "conditional" | "no" | "unknown";
    readonly conditions: readonly OpenCondition[];
    readonly unknown: readonly string[];
    /** Id of the permission set through which a person of Identity Center does best. */
    readonly through?: string;
    /** On GitHub: where a job has to run, of which repository (`branch main of acme/infra`). */
    readonly place?: string;
    /** What it needs first: `1 approval from platform`. */
    readonly needs?: readonly string[];
  }[];
  readonly examined: number;
  readonly assumes: readonly Layer[];
}

/** What is asked on the command line. */
export interface WhoCanQuestion {
  readonly action: string;
  readonly resource?: string;
  readonly context: ReadonlyMap<string, readonly string[] | null> | null;
  readonly unknownContext: UnknownContext;
  /** Those who cannot as well. */
  readonly all: boolean;
}

/** What somebody does who comes with a token of GitHub. */
const BY_TOKEN = "sts:AssumeRoleWithWebIdentity";
const RANK = { yes: 0, conditional: 1, unknown: 2, no: 3 } as const;

/** Who may do an action: principals of the collected tenants, their root users, and the parties outside that a role or the resource lets in. */
export function whoCanDocument(questioned: Questioned, question: WhoCanQuestion): WhoCanDocument {
  const { graph, table } = questioned;
  const engine = holdingEngine(questioned);
  const may = new MayQuestions(graph, engine, table);
  const askers = askersOf(graph, engine);
  const { name } = askedAction(question.action, table);
  const brought = name === BY_TOKEN;
  const resource = brought ? askedRole(question.resource, questioned) : askedResource(question.resource ?? "*");
  const roots = graph.snapshot.principals.filter(({ kind, system }) => kind === "root" && system === "aws");
  // What only AWS assumes acts all the same: asked here, where it is no source of paths.
  const linked = graph.snapshot.principals.filter(({ attributes }) => attributes["serviceLinked"] === true);
  const asked = [...sourcesOf(engine), ...roots, ...linked].flatMap((principal) => {
    const asker = askers.of(principal);
    return asker === undefined ? [] : [asker];
  });
  const askedOf: MayQuestion = { action: name, resource, given: question.context, unknown: question.unknownContext };
  // Those outside whom a policy of what is asked about lets in by name.
  const there = new Set(asked.map(({ id }) => id));
  for (const text of may.named(askedOf)) {
    const found = askers.find(text);
    if (found.kind !== "found" || there.has(found.asker.id)) continue;
    there.add(found.asker.id);
    asked.push(found.asker);
  }
  const assumes = new Set<Layer>();
  const bridge = brought ? githubBridge(graph, table) : null;
  // A provider of GitHub's tokens is nobody: those who get its tokens are asked about in its stead, where they are known.
  const providers = bridge === null ? new Set() : answeredProviders(graph, bridge, resource);
  const answering = asked.filter(({ locator }) => !providers.has(locator));
  const answered = answering.map((asker) => {
    const found = may.may(asker, askedOf);
    for (const layer of found.assumes) assumes.add(layer);
    return {
      principal: asker.locator,
      principalId: asker.id,
      answer: found.answer,
      conditions: found.answer === "conditional" ? found.decision.conditions : [],
      unknown: found.unknown,
      ...(found.through === undefined ? {} : { through: found.through.id }),
    };
  });
  const onGitHub = bridge === null ? [] : tokenBringers(bridge, resource);
  return {
    schema: "leastwise/who-can@1",
    action: name,
    resource,
    principals: [...answered, ...onGitHub]
      .filter(({ answer }) => question.all || answer !== "no")
      .sort((a, b) => RANK[a.answer] - RANK[b.answer] || (a.principalId < b.principalId ? -1 : 1)),
    examined: answering.length + onGitHub.length,
    assumes: layersInOrder(assumes),
  };
}
