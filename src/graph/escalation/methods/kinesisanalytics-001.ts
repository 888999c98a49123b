import type { EscalationMethod } from "../method.ts";

/** A new Flink application that runs as the role. */
export const kinesisanalytics001: EscalationMethod = {
  id: "kinesisanalytics-001",
  name: "creates a Kinesis Data Analytics application with the role and starts it",
  category: "new-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "kinesisanalytics.amazonaws.com" } },
    { action: "kinesisanalytics:CreateApplication", on: "somewhere" },
    { action: "kinesisanalytics:StartApplication", on: "somewhere" },
  ],
  target: { kind: "role", trustsService: ["kinesisanalytics.amazonaws.com"] },
  gains: "becomes-target",
  note: "the role has to reach the bucket with the code",
};
