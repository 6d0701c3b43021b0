/** A policy as IAM and resources write it. */
export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: Statement | Statement[];
}

export interface Statement {
  /** What the statement is for. Named in decisions. */
  Sid?: string;
  Effect: "Allow" | "Deny";
  /** Of resource and trust policies only. */
  Principal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Condition;
}

/** Values by condition key by operator: `{ StringEquals: { "aws:ResourceTag/team": "shopping" } }`. */
export type Condition = Record<string, Record<string, ConditionValue | ConditionValue[]>>;
export type ConditionValue = string | boolean | number;

/** A policy and what to call it in a decision: `role policy acme-dev-preview`. */
export interface NamedPolicy {
  name: string;
  document: PolicyDocument;
}
