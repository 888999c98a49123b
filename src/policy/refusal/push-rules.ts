/** What each sentence about a broken rule asks for. */
const STEPS: readonly (readonly [words: RegExp, step: string])[] = [
  [/must be made through (?:a pull request|the merge queue)/i, "push to another branch and open a pull request"],
  [
    /approving reviews? (?:is|are) required|Waiting on code owner review|review required/i,
    "get the approvals it names",
  ],
  [/Changes have been requested/i, "answer the review that asks for changes"],
  [/required status checks? .*expected|required deployment/i, "let the checks run on the commit, by a pull request"],
  [/Code scanning is waiting|Code quality/i, "wait for the scan of the commit"],
  [
    /not authori[sz]ed to push|cannot push to this/i,
    "be put on the list of those who may push, or go by a pull request",
  ],
  [/force-push/i, "do not rewrite the branch: merge or rebase onto it, then push"],
  [/Cannot delete/i, "leave the branch or tag: deleting it is closed"],
  [/verified signatures/i, "sign the commits with a key GitHub knows"],
  [/must not contain merge commits|linear history/i, "rebase: merge commits are kept out"],
  [/creations? being restricted|Cannot create ref/i, "use another name: creating this one is closed"],
  [
    /Cannot update this protected (?:ref|branch)/i,
    "leave the branch or tag: updating it is closed to all who may not bypass",
  ],
  [
    /must match|must not match|must start|must contain|File path is restricted|file size|file extension/i,
    "change what the rule names",
  ],
];

const LONGEST_RULE = 160;
const MOST_RULES = 8;

/** The sentences in which GitHub lists what a push breaks, without its bullets. */
export function brokenRules(message: string): readonly string[] {
  const found = new Set<string>();
  for (const line of message.split("\n")) {
    const text = line.replace(/^\s*remote:\s?/, "").trim();
    const rule = /^-\s+(.+)$/.exec(text)?.[1] ?? /^error: (?!GH0)(.+)$/.exec(text)?.[1];
    if (rule === undefined || /failed to push some refs/.test(rule)) continue;
    found.add(rule.replace(/\.$/, "").slice(0, LONGEST_RULE));
  }
  return [...found].slice(0, MOST_RULES);
}

/** What to do about what a push breaks, in the order in which it is done. */
export function ruleSteps(message: string): readonly string[] {
  const steps = STEPS.filter(([words]) => words.test(message)).map(([, step]) => step);
  return steps.length > 0 ? steps : ["go by a pull request"];
}
