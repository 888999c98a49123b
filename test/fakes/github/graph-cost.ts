import {
  getNamedType,
  isAbstractType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";

/** What a query costs. */
export interface GraphCost {
  /** Points: requests for connections, divided by a hundred and rounded, one at least. */
  readonly cost: number;
  /** Nodes it may answer at most. */
  readonly nodeCount: number;
}

/**
 * Points of a query by GitHub's rule ("Rate limits and query limits for the GraphQL API"): each connection is one request per node
 * it hangs below, and `first` says how many nodes it may have.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): GraphCost {
  let requests = 0;
  let nodes = 0;

  function walk(selections: SelectionSetNode | undefined, type: GraphQLNamedType | undefined, times: number): void {
    for (const one of selections?.selections ?? []) {
      if (one.kind === "Field") field(one, type, times);
      else if (one.kind === "InlineFragment") {
        const condition = one.typeCondition?.name.value;
        walk(one.selectionSet, condition === undefined ? type : schema.getType(condition), times);
      }
    }
  }

  function field(one: FieldNode, parent: GraphQLNamedType | undefined, times: number): void {
    if (!isObjectType(parent) && !isAbstractType(parent)) return;
    const known = "getFields" in parent ? parent.getFields()[one.name.value] : undefined;
    if (known === undefined) return;
    const type = getNamedType(known.type);
    const given = (name: string): unknown => {
      const value = one.arguments?.find((argument) => argument.name.value === name)?.value;
      if (value?.kind === "Variable") return variables[value.name.value];
      return value?.kind === "IntValue" ? Number(value.value) : undefined;
    };
    if (type.name.endsWith("Connection")) {
      requests += times;
      const below = times * Number(given("first") ?? 0);
      nodes += below;
      return walk(one.selectionSet, type, below);
    }
    const ids = given("ids");
    walk(one.selectionSet, type, Array.isArray(ids) ? times * ids.length : times);
  }

  for (const definition of document.definitions)
    if (definition.kind === "OperationDefinition") walk(definition.selectionSet, schema.getQueryType() ?? undefined, 1);
  return { cost: Math.max(1, Math.round(requests / 100)), nodeCount: nodes };
}
